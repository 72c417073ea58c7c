package dev.profiled.engine;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileEvent;

/**
 * What the profiler does, what limits it and what to do about it.
 *
 * @param state where the session stands
 * @param engine what really takes CPU samples, {@code perf_events} or {@code ctimer},
 * once known
 * @param requestedInterval the interval between CPU samples that was asked for, in ns
 * @param interval the real interval, in ns
 * @param intervals the intervals in use, by event, in ns or bytes; what is not sampled is
 * left out
 * @param kernelFrames whether stacks show the kernel's frames, once known
 * @param message why the profiler does not run, if it does not
 * @param advice what to do about that, if anything
 * @param limits what makes profiles coarser than they could be, each with what to do
 */
public record EngineStatus(EngineState state, @Nullable String engine, long requestedInterval, long interval,
		Map<ProfileEvent, Long> intervals, @Nullable Boolean kernelFrames, @Nullable String message,
		@Nullable String advice, List<String> limits) {

	public EngineStatus {
		intervals = Map.copyOf(intervals);
		limits = List.copyOf(limits);
	}

}
