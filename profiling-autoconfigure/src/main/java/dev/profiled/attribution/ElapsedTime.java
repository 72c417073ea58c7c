package dev.profiled.attribution;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestCost;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.UnsampledTime;
import dev.profiled.request.RequestWindow;

/**
 * Tells what the samples of a request leave of the time it took. What they miss of the
 * measured CPU time is time on a processor that was not sampled; what is left then, and
 * was not a pause of the JVM, is time in which the thread could have run, and waited for
 * a core. A pause costs a request nothing while that waits for something else.
 */
final class ElapsedTime {

	private ElapsedTime() {
	}

	static UnsampledTime unsampled(RequestWindow window, StackCounts samples, boolean addition,
			@Nullable RequestCost cost, long paused) {
		long[] weights = new long[ProfileEvent.values().length];
		samples.forEach((event, stack, count, weight) -> weights[event.ordinal()] += weight);
		long onCpu = weights[ProfileEvent.CPU.ordinal()];
		long elapsed = addition ? 0 : window.end() - window.start();
		long measured = (cost != null && !addition) ? cost.cpuTime() : 0;
		long cpu = (cost != null) ? measured - onCpu : 0;
		return new UnsampledTime(cpu, elapsed - weights[ProfileEvent.WALL.ordinal()] - paused - onCpu - cpu, paused);
	}

}
