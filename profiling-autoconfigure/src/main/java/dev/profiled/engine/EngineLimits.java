package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Says in words what makes profiles coarser than they could be, and what to do about it.
 */
final class EngineLimits {

	private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

	private EngineLimits() {
	}

	static List<String> describe(boolean perfEvents, @Nullable String engine, @Nullable Boolean kernelFrames,
			long requested, long effective) {
		List<String> limits = new ArrayList<>();
		boolean timers = engine != null && !engine.startsWith("perf");
		if (timers && perfEvents) {
			limits.add("Perf events are not available to this process, so that stacks end where the kernel begins. "
					+ "To allow them, set kernel.perf_event_paranoid to 1 or less" + paranoid()
					+ " or give the process the capability CAP_PERFMON; in a container its seccomp profile must allow "
					+ "perf_event_open, too.");
		}
		else if (!timers && Boolean.FALSE.equals(kernelFrames)) {
			limits.add("The kernel's frames are not shown. To see them, set kernel.kptr_restrict to 0 and "
					+ "kernel.perf_event_paranoid to 1 or less" + paranoid() + ".");
		}
		if (effective > requested * 1.2) {
			limits.add("A sample is taken every " + effective / 1000 + " \u00b5s of CPU time rather than every "
					+ requested / 1000 + " \u00b5s: without perf events the kernel's timer tick is the limit. "
					+ (!perfEvents ? "They are used with profiling.cpu.perf-events=true. " : "")
					+ "Weights use the real interval.");
		}
		return limits;
	}

	/**
	 * Say that allocations are not sampled, since that may crash this JDK.
	 * @param jdk the version that runs
	 * @return the limit
	 */
	static String unsafeAllocations(Runtime.Version jdk) {
		return "Allocations are not sampled: that may crash JDK " + jdk
				+ " (JDK-8313816). To see them, run the application on JDK 17.0.11, 21.0.3 or 22, or on later versions.";
	}

	/**
	 * Say that large arrays have too few samples on this JDK.
	 * @param jdk the version that runs
	 * @return the limit
	 */
	static String unfairToLargeArrays(Runtime.Version jdk) {
		return "Large arrays have too few samples of allocations, and small objects too many, on JDK " + jdk.feature()
				+ " (JDK-8356372). To see their true shares, run the application on JDK 25 or later.";
	}

	private static String paranoid() {
		try {
			return " (now " + Files.readString(PARANOID).trim() + ")";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
