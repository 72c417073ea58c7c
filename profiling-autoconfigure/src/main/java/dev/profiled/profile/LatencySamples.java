package dev.profiled.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * The samples of all events of an endpoint, by the latency of their requests. Immutable.
 */
public final class LatencySamples {

	/**
	 * The bucket of samples whose latency is no longer known.
	 */
	public static final int ANY_LATENCY = TimeSlice.ANY_LATENCY;

	/**
	 * No sample.
	 */
	public static final LatencySamples NONE = of(new StackTable(), new CountTable());

	private final CallTree tree;

	private final List<Row> rows;

	private LatencySamples(CallTree tree, List<Row> rows) {
		this.tree = tree;
		this.rows = rows;
	}

	// Of counts by event, latency and node, without the nodes that weigh nothing in sum.
	static LatencySamples of(StackTable stacks, CountTable counts) {
		CountTable byEvent = new CountTable();
		counts.forEach((key, samples, weight) -> byEvent.add(TimeSlice.withoutBucket(key), samples, weight));
		CountTable used = new CountTable();
		byEvent
			.forEach((key, samples, weight) -> used.add(TimeSlice.node(key), (samples > 0 || weight > 0) ? 1 : 0, 0));
		CallTreeBuilder builder = new CallTreeBuilder(stacks, used);
		CallTree tree = builder.build();
		List<Row> rows = new ArrayList<>(counts.size());
		counts.forEach((key, samples, weight) -> {
			if (byEvent.isPositive(TimeSlice.withoutBucket(key))) {
				rows.add(new Row(TimeSlice.event(key), TimeSlice.bucket(key), builder.position(TimeSlice.node(key)),
						samples, weight));
			}
		});
		rows.sort(null);
		return new LatencySamples(tree, rows);
	}

	/**
	 * Return samples of which no latency is known.
	 * @param counts the samples
	 * @return the same
	 */
	public static LatencySamples of(StackCounts counts) {
		StackTable stacks = new StackTable();
		CountTable table = new CountTable();
		counts.forEach((event, stack, samples, weight) -> table
			.add(TimeSlice.key(event, ANY_LATENCY, stacks.node(stack)), samples, weight));
		return of(stacks, table);
	}

	/**
	 * Return the stacks.
	 * @return the call tree of all of them; what it counts has no meaning
	 */
	public CallTree tree() {
		return this.tree;
	}

	/**
	 * Return the samples, by event, latency and node.
	 * @return the samples
	 */
	public List<Row> rows() {
		return this.rows;
	}

	/**
	 * Return what a filter leaves.
	 * @param filter the filter
	 * @return the rest
	 */
	public LatencySamples filter(CallTreeFilter filter) {
		if (filter.equals(CallTreeFilter.NONE)) {
			return this;
		}
		CallTreeFilter.Filtered rest = filter.filter(this.tree);
		CountTable counts = new CountTable();
		for (Row row : this.rows) {
			int node = rest.nodes()[row.node];
			if (node >= 0) {
				counts.add(TimeSlice.key(row.event, row.bucket, node), row.samples, row.weight);
			}
		}
		List<Row> rows = new ArrayList<>(counts.size());
		counts.forEach((key, samples, weight) -> rows
			.add(new Row(TimeSlice.event(key), TimeSlice.bucket(key), TimeSlice.node(key), samples, weight)));
		rows.sort(null);
		return new LatencySamples(rest.tree(), rows);
	}

	/**
	 * Samples of one stack.
	 *
	 * @param event what was sampled
	 * @param bucket the {@linkplain LatencyBuckets latency} of the requests, or
	 * {@link LatencySamples#ANY_LATENCY}
	 * @param node the last frame of the stack
	 * @param samples the number of samples
	 * @param weight their weight, in the unit of the event
	 */
	public record Row(ProfileEvent event, int bucket, int node, long samples, long weight) implements Comparable<Row> {

		@Override
		public int compareTo(Row other) {
			int byEvent = this.event.compareTo(other.event);
			int byBucket = Integer.compare(this.bucket, other.bucket);
			return (byEvent != 0) ? byEvent : (byBucket != 0) ? byBucket : Integer.compare(this.node, other.node);
		}

	}

}
