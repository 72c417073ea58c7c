package dev.profiled.render;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a reader of a profile has to know of the profiler.
 *
 * @param state where its session stands
 * @param engine what takes CPU samples, once known
 * @param intervals the intervals in use, by event, in ns or bytes; what is not sampled is
 * left out
 * @param kernelFrames whether stacks show the kernel's frames, once known
 * @param message why the profiler does not run, if it does not
 * @param advice what to do about that, if anything
 * @param limits what makes profiles coarser than they could be
 */
public record ProfilerView(String state, @Nullable String engine, Map<String, Long> intervals,
		@Nullable Boolean kernelFrames, @Nullable String message, @Nullable String advice, List<String> limits) {
}
