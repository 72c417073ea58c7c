package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the profiler runs.
 *
 * @param cpuInterval the CPU time between two samples of a thread
 * @param harvestInterval the time between two harvests in the background
 * @param idleTimeout the time without a profiled request after which the session is
 * disarmed
 * @param directory where recordings are kept, or {@code null} for a private directory
 * below {@code java.io.tmpdir}
 */
public record EngineOptions(Duration cpuInterval, Duration harvestInterval, Duration idleTimeout,
		@Nullable Path directory) {
}
