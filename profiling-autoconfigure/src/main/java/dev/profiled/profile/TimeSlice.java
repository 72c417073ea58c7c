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

	private static final int BUCKET_BITS = 10;

	private static final int EVENT_SHIFT = BUCKET_SHIFT + BUCKET_BITS;

	private static final ProfileEvent[] EVENTS = ProfileEvent.values();

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

	void forEach(ProfileEvent event, double scale, Samples consumer) {
		this.samples.forEach((key, count, weight) -> {
			if (event(key) == event) {
				consumer.accept(bucket(key), node(key), count, (scale == 1) ? weight : Math.round(weight * scale));
			}
		});
	}

	static long key(ProfileEvent event, int bucket, int node) {
		return (long) event.ordinal() << EVENT_SHIFT | (long) bucket << BUCKET_SHIFT | node;
	}

	static long withoutBucket(long key) {
		return key(event(key), 0, node(key));
	}

	static ProfileEvent event(long key) {
		return EVENTS[(int) (key >>> EVENT_SHIFT)];
	}

	static int bucket(long key) {
		return (int) (key >>> BUCKET_SHIFT) & ((1 << BUCKET_BITS) - 1);
	}

	static int node(long key) {
		return (int) key;
	}

	/**
	 * Takes the samples of an event.
	 */
	interface Samples {

		void accept(int bucket, int node, long samples, long weight);

	}

}
