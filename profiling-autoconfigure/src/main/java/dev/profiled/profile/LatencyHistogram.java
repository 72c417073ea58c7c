package dev.profiled.profile;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts requests by {@linkplain LatencyBuckets latency bucket}. Not thread-safe.
 */
final class LatencyHistogram {

	private final CountTable buckets = new CountTable();

	private long count;

	private long sum;

	private long max;

	void add(long nanos) {
		this.buckets.add(LatencyBuckets.of(nanos), 1, nanos);
		this.count++;
		this.sum += nanos;
		this.max = Math.max(this.max, nanos);
	}

	void add(LatencyHistogram other) {
		this.buckets.addAll(other.buckets);
		this.count += other.count;
		this.sum += other.sum;
		this.max = Math.max(this.max, other.max);
	}

	LatencySummary summary() {
		if (this.count == 0) {
			return LatencySummary.NONE;
		}
		TreeMap<Integer, Long> counts = new TreeMap<>();
		this.buckets.forEach((bucket, requests, nanos) -> counts.put((int) bucket, requests));
		return new LatencySummary(this.count, Math.round((double) this.sum / this.count), percentile(counts, 0.50),
				percentile(counts, 0.95), percentile(counts, 0.99), this.max);
	}

	private long percentile(TreeMap<Integer, Long> counts, double fraction) {
		long rank = (long) Math.ceil(fraction * this.count);
		long seen = 0;
		for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
			seen += entry.getValue();
			if (seen >= rank) {
				return Math.min(this.max, LatencyBuckets.upperBound(entry.getKey()));
			}
		}
		return this.max;
	}

}
