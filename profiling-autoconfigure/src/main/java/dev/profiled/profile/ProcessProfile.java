package dev.profiled.profile;

import java.time.Instant;

/**
 * What all threads of the process did between two moments.
 *
 * @param start when that began
 * @param length how long it was, in ns
 * @param samples the samples of all events
 * @param gaps whether samples are missing, since the profiler was interrupted meanwhile
 */
public record ProcessProfile(Instant start, long length, StackCounts samples, boolean gaps) {
}
