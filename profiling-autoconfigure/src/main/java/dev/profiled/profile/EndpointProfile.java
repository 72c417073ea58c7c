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

	private @Nullable Instant first;

	private @Nullable Instant last;

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
			Instant closedAt = Instant.ofEpochMilli(request.closedAt());
			this.first = (this.first == null || closedAt.isBefore(this.first)) ? closedAt : this.first;
			this.last = (this.last == null || closedAt.isAfter(this.last)) ? closedAt : this.last;
		}
		int bucket = LatencyBuckets.of(request.latency());
		request.samples().forEach((event, stack, samples, weight) -> {
			int node = this.stacks.node(stack);
			boolean room = makeRoom(request.closedAt(), event, bucket, node);
			this.slices.at(request.closedAt())
				.addSamples(event, room ? bucket : TimeSlice.ANY_LATENCY, node, samples, weight);
			this.totals.addSamples(request, event, stack, samples, weight);
			this.truncatedSamples += this.stacks.isTruncated(node) ? samples : 0;
		});
		return true;
	}

	// Merging may put the slice of the moment into an older one, which may have the
	// entry.
	private boolean makeRoom(long millis, ProfileEvent event, int bucket, int node) {
		while (!this.slices.at(millis).contains(event, bucket, node)
				&& this.slices.entries() >= (long) this.maxStacks * COUNTS_PER_STACK) {
			if (!this.slices.mergeOldest()) {
				return false;
			}
		}
		return true;
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
		this.first = null;
		this.last = null;
	}

	synchronized ProfileSummary summary() {
		LatencyHistogram latencies = new LatencyHistogram();
		this.slices.all().forEach((slice) -> slice.addLatenciesTo(latencies));
		return new ProfileSummary(this.endpoint, this.generation, latencies.summary(), this.totals.events(),
				this.totals.split(), this.totals.measured(), this.totals.approximate(), this.truncatedSamples,
				this.stacks.stacks(), this.first, this.last);
	}

	synchronized ProfileSnapshot snapshot(ProfileQuery query) {
		CountTable byNode = new CountTable();
		addSamplesTo(byNode, query.event());
		if (query.event() == ProfileEvent.WALL && this.totals.hasWaits()) {
			addSamplesTo(byNode, ProfileEvent.CPU);
		}
		return new ProfileSnapshot(query, summary(), CallTreeBuilder.build(this.stacks, byNode));
	}

	private void addSamplesTo(CountTable byNode, ProfileEvent event) {
		double scale = this.totals.scale(event);
		this.slices.all().forEach((slice) -> slice.addSamplesTo(byNode, event, scale));
	}

}
