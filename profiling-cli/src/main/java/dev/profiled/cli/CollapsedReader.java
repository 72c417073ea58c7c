package dev.profiled.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

/**
 * Reads collapsed stacks: in each line a stack, root first, and a number.
 */
final class CollapsedReader {

	private static final Pattern LINE = Pattern.compile("(.+) (\\d+)");

	private static final String KERNEL = "_[k]";

	private CollapsedReader() {
	}

	static ProcessProfile read(String text, Arguments arguments) throws IOException {
		ProfileEvent event = (arguments.event() != null) ? arguments.event() : ProfileEvent.CPU;
		long interval = arguments.interval().toNanos();
		StackCounts counts = new StackCounts();
		int number = 0;
		for (String line : text.lines().toList()) {
			number++;
			if (line.isBlank()) {
				continue;
			}
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches()) {
				throw new IOException(
						"'" + arguments.inputName() + "' is no recording, no profile of pprof, and its line " + number
								+ " is no collapsed stack: '" + line.substring(0, Math.min(line.length(), 80)) + "'.");
			}
			long count = Long.parseLong(matcher.group(2));
			StackTrace stack = StackTrace
				.of(Arrays.stream(matcher.group(1).split(";")).map(CollapsedReader::frame).toList());
			boolean samples = event == ProfileEvent.CPU;
			counts.add(event, stack, samples ? count : 1, samples ? count * interval : count);
		}
		return new ProcessProfile(Instant.EPOCH, 0, counts, false);
	}

	/**
	 * Return the frame of a name.
	 * @param name the name, which the frame has again
	 * @return the frame
	 */
	static Frame frame(String name) {
		if (name.endsWith(KERNEL)) {
			return new Frame("", name.substring(0, name.length() - KERNEL.length()), FrameKind.KERNEL);
		}
		int dot = name.lastIndexOf('.');
		boolean java = dot > 0 && dot < name.length() - 1 && Character.isJavaIdentifierStart(name.charAt(0))
				&& name.indexOf(' ') < 0;
		return java ? Frame.java(name.substring(0, dot), name.substring(dot + 1))
				: new Frame("", name, FrameKind.NATIVE);
	}

}
