package dev.profiled.profile;

import org.jspecify.annotations.Nullable;

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
 * @param cost its measured cost, if it was measured
 * @param waits whether its waits were sampled; then its {@link ProfileEvent#CPU} and
 * {@link ProfileEvent#WALL} samples together weigh its latency, some of them perhaps less
 * than nothing, so that only sums of many requests tell
 * @param approximate whether its CPU samples were taken where the JVM lets a thread be
 * looked at, rather than anywhere
 */
public record RequestProfile(int generation, long closedAt, long latency, boolean addition, StackCounts samples,
		@Nullable RequestCost cost, boolean waits, boolean approximate) {

	/**
	 * Create the profile of a request of which only samples are known.
	 * @param generation the generation of the profile when the request began
	 * @param closedAt when the request ended, in ms since the epoch
	 * @param latency how long it took, in ns
	 * @param addition whether the request was counted before
	 * @param samples its samples
	 */
	public RequestProfile(int generation, long closedAt, long latency, boolean addition, StackCounts samples) {
		this(generation, closedAt, latency, addition, samples, null, false, false);
	}

}
