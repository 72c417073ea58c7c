package dev.profiled.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counted distinct stacks of one or many requests: the samples of a request while it is
 * under way, or any profiles being merged. Merging is associative and does not depend on
 * order. Not thread-safe.
 */
public final class StackCounts {

	private final Map<Key, long[]> counts = new LinkedHashMap<>();

	private long samples;

	/**
	 * Count samples of a stack.
	 * @param event what was sampled
	 * @param stack the stack
	 * @param samples the number of samples
	 * @param weight their weight, in the unit of the event
	 */
	public void add(ProfileEvent event, StackTrace stack, long samples, long weight) {
		long[] sums = this.counts.computeIfAbsent(new Key(event, stack), (key) -> new long[2]);
		sums[0] += samples;
		sums[1] += weight;
		this.samples += samples;
	}

	/**
	 * Count all that others counted.
	 * @param other the others
	 */
	public void addAll(StackCounts other) {
		other.forEach(this::add);
	}

	/**
	 * Return whether a stack was counted.
	 * @param event what was sampled
	 * @param stack the stack
	 * @return whether there is such a stack
	 */
	public boolean contains(ProfileEvent event, StackTrace stack) {
		return this.counts.containsKey(new Key(event, stack));
	}

	/**
	 * Return the number of samples.
	 * @return the number of samples
	 */
	public long samples() {
		return this.samples;
	}

	/**
	 * Return the number of distinct stacks.
	 * @return the number of stacks, counted by event
	 */
	public int stacks() {
		return this.counts.size();
	}

	/**
	 * Give each stack to a visitor.
	 * @param visitor the visitor
	 */
	public void forEach(Visitor visitor) {
		this.counts.forEach((key, sums) -> visitor.visit(key.event, key.stack, sums[0], sums[1]));
	}

	/**
	 * Return the call tree of one event.
	 * @param event the event
	 * @return the tree
	 */
	public CallTree callTree(ProfileEvent event) {
		StackTable stacks = new StackTable();
		CountTable table = new CountTable();
		this.counts.forEach((key, sums) -> {
			if (key.event == event) {
				table.add(stacks.node(key.stack), sums[0], sums[1]);
			}
		});
		return CallTreeBuilder.build(stacks, table);
	}

	private record Key(ProfileEvent event, StackTrace stack) {
	}

	/**
	 * Receives each counted stack.
	 */
	@FunctionalInterface
	public interface Visitor {

		/**
		 * Receive a stack.
		 * @param event what was sampled
		 * @param stack the stack
		 * @param samples the number of samples
		 * @param weight their weight, in the unit of the event
		 */
		void visit(ProfileEvent event, StackTrace stack, long samples, long weight);

	}

}
