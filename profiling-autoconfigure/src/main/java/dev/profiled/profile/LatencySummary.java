package dev.profiled.profile;

/**
 * The latencies of an endpoint's profiled requests, in ns. The percentiles are upper
 * bounds of their {@linkplain LatencyBuckets bucket}, at most 6.25 % above the truth;
 * mean and maximum are exact.
 *
 * @param count the number of requests
 * @param mean the mean
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param max the slowest
 */
public record LatencySummary(long count, long mean, long p50, long p95, long p99, long max) {

	/**
	 * No request yet.
	 */
	public static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0, 0, 0);

}
