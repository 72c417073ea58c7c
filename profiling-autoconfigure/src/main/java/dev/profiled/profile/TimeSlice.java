package dev.profiled.profile;

/**
 * The requests that ended in one span of time, and their samples by event, latency bucket
 * and stack. Not thread-safe.
 */
final class TimeSlice {

	/*
	 * A key is the event, the latency bucket in 10 bits and the stack's node in 32.
	 */
	private static final int BUCKET_SHIFT = 32;

	private static final int EVENT_SHIFT = BUCKET_SHIFT + 10;

	/**
	 * The bucket of samples whose latency is no longer known.
	 */
	static final int ANY_LATENCY = LatencyBuckets.COUNT;

	private final LatencyHistogram latencies = new LatencyHistogram();

	private final CountTable samples = new CountTable();

	void addRequest(long latency) {
		this.latencies.add(latency);
	}

	void addSamples(ProfileEvent event, int bucket, int node, long samples, long weight) {
		this.samples.add(key(event, bucket, node), samples, weight);
	}

	void addAll(TimeSlice other) {
		this.latencies.add(other.latencies);
		this.samples.addAll(other.samples);
	}

	boolean contains(ProfileEvent event, int bucket, int node) {
		return this.samples.contains(key(event, bucket, node));
	}

	int entries() {
		return this.samples.size();
	}

	void addLatenciesTo(LatencyHistogram histogram) {
		histogram.add(this.latencies);
	}

	void addSamplesTo(CountTable byNode, ProfileEvent event, double scale) {
		this.samples.forEach((key, count, weight) -> {
			if (key >>> EVENT_SHIFT == event.ordinal()) {
				byNode.add((int) key, count, (scale == 1) ? weight : Math.round(weight * scale));
			}
		});
	}

	private static long key(ProfileEvent event, int bucket, int node) {
		return (long) event.ordinal() << EVENT_SHIFT | (long) bucket << BUCKET_SHIFT | node;
	}

}
