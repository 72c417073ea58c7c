package dev.profiled.profile;

/**
 * The fixed latency buckets of every profile, so that profiles of two hours or of two
 * instances can be merged. Sixteen buckets divide each power of two evenly, as in
 * HdrHistogram: a bucket is at most 1/16 (6.25 %) wider than its lower bound. Below 32 ns
 * a bucket is one nanosecond wide.
 */
public final class LatencyBuckets {

	/**
	 * The name of this division, given with exported profiles.
	 */
	public static final String SCHEME = "log2/16";

	/**
	 * The number of buckets that cover every positive {@code long}.
	 */
	public static final int COUNT = 60 * 16;

	private static final int SUB_BITS = 4;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private LatencyBuckets() {
	}

	/**
	 * Return the bucket of a latency.
	 * @param nanos the latency in ns; negative counts as 0
	 * @return the bucket, from 0 to {@link #COUNT} - 1
	 */
	public static int of(long nanos) {
		long value = Math.max(0, nanos);
		if (value < 2 * SUB_BUCKETS) {
			return (int) value;
		}
		int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
		return (shift << SUB_BITS) + (int) (value >>> shift);
	}

	/**
	 * Return the smallest latency of a bucket.
	 * @param bucket the bucket
	 * @return the bound in ns, inclusive
	 */
	public static long lowerBound(int bucket) {
		if (bucket < 2 * SUB_BUCKETS) {
			return bucket;
		}
		int shift = (bucket >> SUB_BITS) - 1;
		return (long) (SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1))) << shift;
	}

	/**
	 * Return the largest latency of a bucket.
	 * @param bucket the bucket
	 * @return the bound in ns, inclusive
	 */
	public static long upperBound(int bucket) {
		return (bucket == COUNT - 1) ? Long.MAX_VALUE : lowerBound(bucket + 1) - 1;
	}

}
