package dev.profiled.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.FramePattern;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.ProcessFormat;

/**
 * What is asked for.
 *
 * @param input the file or address of the profile
 * @param output the file to write, or {@code null} for the standard output
 * @param format the format to write
 * @param event the event to show, or {@code null} for the first there is
 * @param title the title, or {@code null} for the name of the input
 * @param interval the CPU time that a sample stands for where the input does not tell
 * @param filter what is left out
 */
record Arguments(String input, @Nullable Path output, ProcessFormat format, @Nullable ProfileEvent event,
		@Nullable String title, Duration interval, CallTreeFilter filter) {

	static final String USAGE = """
			Usage: java -jar profiling-cli.jar [options] <file or address>

			Reads a recording (.jfr), a profile of pprof (.pb.gz) or collapsed stacks, and writes a flame graph or something else.

			  --output FILE     where to write to (default: the standard output)
			  --format FORMAT   %s (default: by the name of FILE, else svg)
			  --event EVENT     %s: which event to show (default: the first there is), and what the
			                    numbers of collapsed stacks are (default: samples of cpu)
			  --title TEXT      the title (default: the name of the input)
			  --interval MS     the CPU time a sample stands for, in milliseconds, where the input does not tell (default: 10)
			  --include REGEX   only stacks with such a frame
			  --exclude REGEX   no stacks with such a frame
			  --root REGEX      stacks begin with the first such frame
			  --depth N         how many frames of a stack are kept
			  --simple          classes without their packages
			"""
		.formatted(ids(ProcessFormat.values()), ids(ProfileEvent.values()));

	/**
	 * Return the input as it may be shown: an address without the password in it.
	 * @return the name
	 */
	String inputName() {
		return this.input.replaceFirst("^(https?://)[^/@]*@", "$1");
	}

	static Arguments parse(String[] args) throws UsageException {
		Parser parser = new Parser(new ArrayDeque<>(Arrays.asList(args)));
		return parser.parse();
	}

	private static String ids(Enum<?>[] values) {
		return Stream.of(values).map((value) -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining("|"));
	}

	/**
	 * Takes one argument after the other.
	 */
	private static final class Parser {

		private final Deque<String> rest;

		private @Nullable String input;

		private @Nullable Path output;

		private @Nullable ProcessFormat format;

		private @Nullable ProfileEvent event;

		private @Nullable String title;

		private double interval = 10;

		private @Nullable FramePattern include;

		private @Nullable FramePattern exclude;

		private @Nullable FramePattern root;

		private int depth = Integer.MAX_VALUE;

		private boolean simple;

		Parser(Deque<String> args) {
			this.rest = args;
		}

		Arguments parse() throws UsageException {
			while (!this.rest.isEmpty()) {
				take(this.rest.pop());
			}
			if (this.input == null) {
				throw new UsageException("No file or address of a profile is given.");
			}
			ProcessFormat format = (this.format != null) ? this.format : OutputFormat.byName(this.output);
			return new Arguments(this.input, this.output, format, this.event, this.title,
					Duration.ofNanos(Math.round(this.interval * 1_000_000)),
					new CallTreeFilter(this.include, this.exclude, this.root, this.depth, this.simple));
		}

		private void take(String argument) throws UsageException {
			switch (argument) {
				case "--output" -> this.output = Path.of(value(argument));
				case "--format" -> this.format = choice(argument, ProcessFormat.values());
				case "--event" -> this.event = choice(argument, ProfileEvent.values());
				case "--title" -> this.title = value(argument);
				case "--interval" -> this.interval = number(argument, 0.001, 60_000);
				case "--include" -> this.include = pattern(argument);
				case "--exclude" -> this.exclude = pattern(argument);
				case "--root" -> this.root = pattern(argument);
				case "--depth" -> this.depth = (int) number(argument, 1, 10_000);
				case "--simple" -> this.simple = true;
				default -> input(argument);
			}
		}

		private void input(String argument) throws UsageException {
			if (argument.startsWith("--")) {
				throw new UsageException("There is no option '" + argument + "'; see --help.");
			}
			if (this.input != null) {
				throw new UsageException("One profile at a time: '" + this.input + "' or '" + argument + "'.");
			}
			this.input = argument;
		}

		private String value(String option) throws UsageException {
			if (this.rest.isEmpty()) {
				throw new UsageException("The value of " + option + " is missing.");
			}
			return this.rest.pop();
		}

		private <T extends Enum<T>> T choice(String option, T[] choices) throws UsageException {
			String value = value(option);
			for (T choice : choices) {
				if (choice.name().equalsIgnoreCase(value)) {
					return choice;
				}
			}
			throw new UsageException("'" + value + "' is no value of " + option + ": it is one of "
					+ List.of(ids(choices).split("\\|")) + ".");
		}

		private double number(String option, double min, double max) throws UsageException {
			String value = value(option);
			try {
				double number = Double.parseDouble(value);
				if (number >= min && number <= max) {
					return number;
				}
			}
			catch (NumberFormatException ex) {
				// as one out of bounds
			}
			throw new UsageException(
					"'" + value + "' is no value of " + option + ": it is a number from " + min + " to " + max + ".");
		}

		private FramePattern pattern(String option) throws UsageException {
			String value = value(option);
			try {
				return new FramePattern(value);
			}
			catch (PatternSyntaxException ex) {
				throw new UsageException(
						"'" + value + "' of " + option + " is no regular expression: " + ex.getDescription() + ".");
			}
		}

	}

}
