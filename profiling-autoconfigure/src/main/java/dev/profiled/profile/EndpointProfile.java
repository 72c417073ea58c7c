package dev.profiled.profile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The merged profile of one endpoint: its distinct stacks, and per time slice its
 * requests and samples by event and latency bucket. Thread-safe; requests never touch it.
 * <p>
 * Distinct stacks are bounded, and so are the counts kept of them by slice, event and
 * bucket, {@value #COUNTS_PER_STACK} for each stack. Past that resolution is given up
 * before any stack is: in time, as the oldest slices are merged, and when only one is
 * left, in latency.
 */
final class EndpointProfile {

	private static final int COUNTS_PER_STACK = 4;

	private final int maxStacks;

	private final int maxDepth;

	private Endpoint endpoint;

	private volatile int generation;

	private StackTable stacks;

	private TimeSlices slices = new TimeSlices();

	private ProfileTotals totals = new ProfileTotals();

	private long truncatedSamples;

	private long first = Long.MAX_VALUE;

	private long last = Long.MIN_VALUE;

	EndpointProfile(Endpoint endpoint, int maxStacks, int maxDepth) {
		this.endpoint = endpoint;
		this.maxStacks = maxStacks;
		this.maxDepth = maxDepth;
		this.stacks = new StackTable(maxStacks, maxDepth);
	}

	synchronized void add(Endpoint endpoint) {
		this.endpoint = this.endpoint.and(endpoint);
	}

	int generation() {
		return this.generation;
	}

	synchronized boolean record(RequestProfile request) {
		if (request.generation() != this.generation) {
			return false;
		}
		if (!request.addition()) {
			this.slices.at(request.closedAt()).addRequest(request.latency());
			this.totals.addRequest(request);
			this.first = Math.min(this.first, request.closedAt());
			this.last = Math.max(this.last, request.closedAt());
		}
		int bucket = LatencyBuckets.of(request.latency());
		request.samples().forEach((event, stack, samples, weight) -> {
			add(request.closedAt(), event, bucket, stack, samples, weight);
			this.totals.addSamples(request, event, stack, samples, weight);
		});
		UnsampledTime unsampled = request.unsampled();
		if (unsampled != null) {
			addUnsampled(request, bucket, TimeCategory.GC, unsampled.paused());
			addUnsampled(request, bucket, TimeCategory.CPU, unsampled.cpu());
			addUnsampled(request, bucket, TimeCategory.CORE, unsampled.core());
		}
		return true;
	}

	private void addUnsampled(RequestProfile request, int bucket, TimeCategory category, long nanos) {
		if (nanos != 0) {
			add(request.closedAt(), ProfileEvent.WALL, bucket, category.stack(), 0, nanos);
			this.totals.addUnsampled(category, nanos);
		}
	}

	// Merging may put the slice of the moment into an older one, which may have the
	// entry.
	private void add(long millis, ProfileEvent event, int bucket, StackTrace stack, long samples, long weight) {
		int node = this.stacks.node(stack);
		TimeSlice slice = this.slices.at(millis);
		int latency = bucket;
		while (latency != TimeSlice.ANY_LATENCY && !slice.contains(event, bucket, node)
				&& this.slices.entries() >= (long) this.maxStacks * COUNTS_PER_STACK) {
			if (this.slices.mergeOldest()) {
				slice = this.slices.at(millis);
			}
			else {
				latency = TimeSlice.ANY_LATENCY;
			}
		}
		slice.addSamples(event, latency, node, samples, weight);
		this.truncatedSamples += this.stacks.isTruncated(node) ? samples : 0;
	}

	// At most COUNTS_PER_STACK for each stack there may be, and one of any latency.
	synchronized int counts() {
		return this.slices.entries();
	}

	synchronized void reset() {
		this.generation++;
		this.stacks = new StackTable(this.maxStacks, this.maxDepth);
		this.slices = new TimeSlices();
		this.totals = new ProfileTotals();
		this.truncatedSamples = 0;
		this.first = Long.MAX_VALUE;
		this.last = Long.MIN_VALUE;
	}

	synchronized ProfileSummary summary() {
		LatencyHistogram latencies = new LatencyHistogram();
		this.slices.all().forEach((slice) -> slice.addLatenciesTo(latencies));
		return new ProfileSummary(this.endpoint, this.generation, latencies.summary(), this.totals.events(),
				this.totals.split(), this.totals.measured(), this.totals.approximate(), this.truncatedSamples,
				this.stacks.stacks(), instant(this.first), instant(this.last));
	}

	private @Nullable Instant instant(long millis) {
		return (this.first <= this.last) ? Instant.ofEpochMilli(millis) : null;
	}

	synchronized ProfileSnapshot snapshot(ProfileQuery query) {
		CountTable byNode = new CountTable();
		forEachSample(query.event(), (bucket, node, count, weight) -> byNode.add(node, count, weight));
		return new ProfileSnapshot(query, summary(), CallTreeBuilder.build(this.stacks, byNode));
	}

	synchronized LatencySamples samples() {
		CountTable counts = new CountTable();
		for (ProfileEvent event : ProfileEvent.values()) {
			forEachSample(event,
					(bucket, node, count, weight) -> counts.add(TimeSlice.key(event, bucket, node), count, weight));
		}
		return LatencySamples.of(this.stacks, counts);
	}

	// Elapsed time is CPU time and waits.
	private void forEachSample(ProfileEvent event, TimeSlice.Samples consumer) {
		forEachSampleOf(event, consumer);
		if (event == ProfileEvent.WALL && this.totals.hasWaits()) {
			forEachSampleOf(ProfileEvent.CPU, consumer);
		}
	}

	private void forEachSampleOf(ProfileEvent event, TimeSlice.Samples consumer) {
		double scale = this.totals.scale(event);
		this.slices.all().forEach((slice) -> slice.forEach(event, scale, consumer));
	}

}
