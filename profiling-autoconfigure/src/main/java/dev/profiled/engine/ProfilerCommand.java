package dev.profiled.engine;

import java.nio.file.Path;

import dev.profiled.jfr.SamplingIntervals;

/**
 * Builds the commands of async-profiler, see {@code arguments.cpp} there. Nothing that
 * comes with a request is ever part of one.
 */
final class ProfilerCommand {

	/*
	 * Leaves out of the recording: JVM and operating system information, command line,
	 * arguments, system properties, native libraries, CPU load and heap summaries.
	 */
	private static final int NO_SECRETS = 31;

	/**
	 * Perf events where the process may use them, otherwise the best that there is.
	 */
	static final String PERF_EVENTS = "cpu";

	/**
	 * A timer for each thread. Linux only.
	 */
	static final String TIMERS = "ctimer";

	static final String STOP = "stop";

	static final String STATUS = "status";

	static final String METRICS = "metrics";

	private ProfilerCommand() {
	}

	/**
	 * Start a recording.
	 * @param file where to
	 * @param event what takes the CPU samples
	 * @param intervals how often
	 * @return the command
	 */
	static String start(Path file, String event, SamplingIntervals intervals) {
		StringBuilder command = new StringBuilder("start,event=").append(event)
			.append(",interval=")
			.append(intervals.cpu());
		// to the profiler, 0 is not off but often
		if (intervals.alloc() > 0) {
			command.append(",alloc=").append(intervals.alloc());
		}
		if (intervals.lock() > 0) {
			command.append(",lock=").append(intervals.lock());
		}
		// with the monotonic clock, times are those of System.nanoTime()
		return command.append(",clock=monotonic,jfropts=" + NO_SECRETS + ",jfr,file=").append(file).toString();
	}

	static String dump(Path file) {
		return "dump,jfr,file=" + file;
	}

	/**
	 * Whether a path survives the profiler's own parsing, which splits at commas and
	 * expands percent signs.
	 * @param path the path
	 * @return whether it can be part of a command
	 */
	static boolean accepts(Path path) {
		return path.toString().chars().noneMatch((c) -> c == ',' || c == '%' || c < ' ');
	}

}
