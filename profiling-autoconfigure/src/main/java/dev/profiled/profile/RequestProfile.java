package dev.profiled.profile;

/**
 * What one request adds to the profile of its endpoint.
 *
 * @param generation the {@linkplain ProfileRepository#generation(String) generation} of
 * the profile when the request began
 * @param closedAt when the request ended, in ms since the epoch
 * @param latency how long it took, in ns
 * @param addition whether the request was counted before and these are samples that
 * arrived late
 * @param samples its samples; not changed afterwards
 */
public record RequestProfile(int generation, long closedAt, long latency, boolean addition, StackCounts samples) {
}
