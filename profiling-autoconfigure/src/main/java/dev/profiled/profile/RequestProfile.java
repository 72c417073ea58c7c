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
 * @param unsampled if its waits were sampled, the rest of its elapsed time: together with
 * the weight of its {@link ProfileEvent#CPU} and {@link ProfileEvent#WALL} samples it is
 * the latency, or nothing if this is an addition
 * @param approximate whether its CPU samples were taken where the JVM lets a thread be
 * looked at, rather than anywhere
 */
public record RequestProfile(int generation, long closedAt, long latency, boolean addition, StackCounts samples,
		@Nullable RequestCost cost, @Nullable UnsampledTime unsampled, boolean approximate) {

	/**
	 * Create the profile of a request of which only samples are known.
	 * @param generation the generation of the profile when the request began
	 * @param closedAt when the request ended, in ms since the epoch
	 * @param latency how long it took, in ns
	 * @param addition whether the request was counted before
	 * @param samples its samples
	 */
	public RequestProfile(int generation, long closedAt, long latency, boolean addition, StackCounts samples) {
		this(generation, closedAt, latency, addition, samples, null, null, false);
	}

}
