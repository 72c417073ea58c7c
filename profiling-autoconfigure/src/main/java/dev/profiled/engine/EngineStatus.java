package dev.profiled.engine;

import java.util.ArrayList;
import java.util.EnumMap;
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

	/**
	 * The engine that takes samples where nothing else can.
	 */
	public static final String THREAD_SAMPLER = "thread-sampler";

	public EngineStatus {
		intervals = Map.copyOf(intervals);
		limits = List.copyOf(limits);
	}

	/**
	 * Return this status as it is while threads are looked at, too.
	 * @param interval the interval in use
	 * @param fallback whether nothing else takes samples
	 * @param wallLimits what that cannot tell, in words
	 * @return the status
	 */
	EngineStatus with(long interval, boolean fallback, List<String> wallLimits) {
		Map<ProfileEvent, Long> intervals = new EnumMap<>(ProfileEvent.class);
		List<String> limits = new ArrayList<>();
		if (fallback) {
			intervals.put(ProfileEvent.CPU, interval);
		}
		else {
			intervals.putAll(this.intervals);
			limits.addAll(this.limits);
		}
		intervals.put(ProfileEvent.WALL, interval);
		limits.addAll(wallLimits);
		return new EngineStatus(fallback ? EngineState.FALLBACK : this.state, fallback ? THREAD_SAMPLER : this.engine,
				this.requestedInterval, fallback ? interval : this.interval, intervals,
				fallback ? Boolean.FALSE : this.kernelFrames, this.message, this.advice, limits);
	}

}
