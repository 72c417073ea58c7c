package dev.profiled.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.profiled.profile.FramePattern;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;

/**
 * Reads a profile from a file or an address and writes it as something else.
 */
public final class Main {

	private static final int FAILED = 1;

	private static final int MISUSED = 2;

	private Main() {
	}

	public static void main(String[] args) {
		System.exit(run(args, System.out, System.err));
	}

	/**
	 * Run the command.
	 * @param args its arguments
	 * @param out receives the document, if no file is to
	 * @param err is told what goes wrong
	 * @return 0, 1 if a profile could not be read or written, 2 if the arguments are
	 * wrong
	 */
	static int run(String[] args, PrintStream out, PrintStream err) {
		if (args.length == 0 || args[0].equals("--help") || args[0].equals("-h")) {
			((args.length != 0) ? out : err).print(Arguments.USAGE);
			return (args.length != 0) ? 0 : MISUSED;
		}
		try {
			Arguments arguments = Arguments.parse(args);
			ProcessProfile profile = ProfileReader.read(arguments);
			write(profile, arguments, out);
			return 0;
		}
		catch (UsageException ex) {
			err.println(ex.getMessage());
			return MISUSED;
		}
		catch (FramePattern.TooSlowException ex) {
			err.println("It takes too long to search for '" + ex.expression() + "'.");
			return MISUSED;
		}
		catch (IOException ex) {
			err.println((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			return FAILED;
		}
	}

	private static void write(ProcessProfile profile, Arguments arguments, PrintStream out)
			throws IOException, UsageException {
		ProfileEvent event = event(profile, arguments);
		Path file = arguments.output();
		if (file == null) {
			write(profile, event, arguments, out);
			out.flush();
			return;
		}
		try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
			write(profile, event, arguments, stream);
		}
	}

	private static void write(ProcessProfile profile, ProfileEvent event, Arguments arguments, OutputStream out)
			throws IOException {
		String title = arguments.title();
		arguments.format()
			.write(profile, (title != null) ? title : arguments.inputName(), event, arguments.filter(), out);
	}

	private static ProfileEvent event(ProcessProfile profile, Arguments arguments) throws UsageException {
		List<ProfileEvent> events = profile.events();
		ProfileEvent event = arguments.event();
		if (events.isEmpty()) {
			throw new UsageException("'" + arguments.inputName() + "' has no samples.");
		}
		if (event != null && !events.contains(event)) {
			throw new UsageException("'" + arguments.inputName() + "' has no samples of " + event.id() + ", but of "
					+ events.stream().map(ProfileEvent::id).toList() + ".");
		}
		return (event != null) ? event : events.get(0);
	}

}
