package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the profiler runs.
 *
 * @param cpuInterval the CPU time between two samples of a thread
 * @param perfEvents whether CPU samples are taken by perf events rather than by timers,
 * where there are both and the process may
 * @param allocInterval the mean number of bytes between two samples of a thread's
 * allocations, or 0 if these are not sampled
 * @param lockInterval the time blocked by locks, of all threads together, between two
 * samples, or zero if these are not sampled
 * @param harvestInterval the time between two harvests in the background, where there is
 * much to harvest
 * @param idleTimeout the time without a profiled request after which the session is
 * disarmed
 * @param directory where recordings are kept, or {@code null} for a private directory
 * below {@code java.io.tmpdir}
 * @param wall how threads are looked at while they serve profiled requests
 */
public record EngineOptions(Duration cpuInterval, boolean perfEvents, long allocInterval, Duration lockInterval,
		Duration harvestInterval, Duration idleTimeout, @Nullable Path directory, WallOptions wall) {
}
