package dev.profiled.attribution;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestCost;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;
import dev.profiled.profile.TimeCategory;
import dev.profiled.request.RequestWindow;

/**
 * Completes the samples of a request so that those on a processor and those of waits
 * weigh what the request took. What they miss of the measured CPU time is time on a
 * processor that was not sampled; what is left then, and was not a pause of the JVM, is
 * time in which the thread could have run, and waited for a core. A pause costs a request
 * nothing while that waits for something else.
 * <p>
 * Of one request both may be negative: a sample of 20 ms can fall into a request of one.
 * Over many requests they add up to the truth, since samples do.
 */
final class ElapsedTime {

	private static final Map<TimeCategory, StackTrace> STACKS = new EnumMap<>(TimeCategory.class);

	static {
		for (TimeCategory category : TimeCategory.values()) {
			STACKS.put(category, StackTrace.of(category.frame()));
		}
	}

	private ElapsedTime() {
	}

	static void complete(RequestWindow window, StackCounts samples, boolean addition, @Nullable RequestCost cost,
			long paused) {
		long[] weights = new long[ProfileEvent.values().length];
		samples.forEach((event, stack, count, weight) -> weights[event.ordinal()] += weight);
		long onCpu = weights[ProfileEvent.CPU.ordinal()];
		long rest = -weights[ProfileEvent.WALL.ordinal()];
		if (!addition) {
			rest += window.end() - window.start();
		}
		rest -= add(samples, TimeCategory.GC, paused);
		if (cost != null) {
			long measured = addition ? 0 : cost.cpuTime();
			rest -= measured;
			add(samples, TimeCategory.CPU, measured - onCpu);
		}
		else {
			rest -= onCpu;
		}
		add(samples, TimeCategory.CORE, rest);
	}

	private static long add(StackCounts samples, TimeCategory category, long nanos) {
		if (nanos != 0) {
			samples.add(ProfileEvent.WALL, STACKS.getOrDefault(category, StackTrace.of()), 0, nanos);
		}
		return nanos;
	}

}
