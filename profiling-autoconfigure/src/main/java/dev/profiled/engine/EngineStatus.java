package dev.profiled.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the profiler does, what limits it and what to do about it.
 *
 * @param state where the session stands
 * @param engine what really takes CPU samples, {@code perf_events} or {@code ctimer},
 * once known
 * @param requestedInterval the interval between CPU samples that was asked for, in ns
 * @param interval the real interval, in ns
 * @param kernelFrames whether stacks show the kernel's frames, once known
 * @param message why the profiler does not run, if it does not
 * @param advice what to do about that, if anything
 * @param limits what makes profiles coarser than they could be, each with what to do
 */
public record EngineStatus(EngineState state, @Nullable String engine, long requestedInterval, long interval,
		@Nullable Boolean kernelFrames, @Nullable String message, @Nullable String advice, List<String> limits) {

	public EngineStatus {
		limits = List.copyOf(limits);
	}

}
