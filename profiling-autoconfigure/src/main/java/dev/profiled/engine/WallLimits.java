package dev.profiled.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Says in words what looking at threads cannot tell.
 */
final class WallLimits {

	private WallLimits() {
	}

	static List<String> describe(WallOptions options, long interval, boolean fallback, boolean virtualThreads,
			boolean safepoints) {
		List<String> limits = new ArrayList<>();
		if (fallback) {
			limits.add("CPU time is approximate: without async-profiler, threads are read where the JVM can stop them, "
					+ "which is seldom in the middle of a loop. There are no native frames, and no profiles of "
					+ "allocations and locks.");
		}
		if (virtualThreads) {
			limits.add("Of requests on virtual threads CPU time is approximate, without native and kernel frames: they "
					+ "are read where the JVM can stop them. What they allocate, what the lock events tell, and their "
					+ "measured cost is not known, since the JVM counts that for carriers.");
		}
		if (!safepoints) {
			limits.add("Pauses of the JVM that are not the garbage collector's count as waiting for a core: the JVM's "
					+ "counters cannot be read (-XX:+UsePerfData, on Linux, with a writable /tmp).");
		}
		if (interval > options.interval().toNanos() * 1.2) {
			limits.add("Threads are looked at every " + Math.round(interval / 1e6) + " ms rather than every "
					+ options.interval().toMillis() + " ms, so as to take no more than " + percent(options.budget())
					+ " % of a core (profiling.wall.budget). Weights use the real interval.");
		}
		return limits;
	}

	private static String percent(double share) {
		double percent = share * 100;
		return (percent == Math.rint(percent)) ? String.valueOf((long) percent) : String.valueOf(percent);
	}

}
