package dev.profiled.profile;

import java.util.Arrays;
import java.util.List;

/**
 * An immutable call tree. Its nodes are numbered in preorder, the children of a node in
 * the order of their frames, so that equal profiles give equal trees whatever the order
 * in which they were merged. Node 0 is the root, which has no frame.
 */
public final class CallTree {

	private final Frame[] frames;

	private final int[] frame;

	private final int[] parent;

	private final long[] selfSamples;

	private final long[] selfWeight;

	CallTree(Frame[] frames, int[] frame, int[] parent, long[] selfSamples, long[] selfWeight) {
		this.frames = frames;
		this.frame = frame;
		this.parent = parent;
		this.selfSamples = selfSamples;
		this.selfWeight = selfWeight;
	}

	/**
	 * Return the number of nodes.
	 * @return the number of nodes, the root included
	 */
	public int nodeCount() {
		return this.frame.length;
	}

	/**
	 * Return the number of a node's parent.
	 * @param node the node
	 * @return the parent, smaller than the node, or -1 for the root
	 */
	public int parent(int node) {
		return this.parent[node];
	}

	/**
	 * Return the number of a node's frame.
	 * @param node the node
	 * @return its place in {@link #frames()}, or -1 for the root
	 */
	public int frameNumber(int node) {
		return this.frame[node];
	}

	/**
	 * Return the frame of a node.
	 * @param node the node, not the root
	 * @return the frame
	 */
	public Frame frame(int node) {
		return this.frames[this.frame[node]];
	}

	/**
	 * Return the distinct frames, in their order.
	 * @return the frames
	 */
	public List<Frame> frames() {
		return List.of(this.frames);
	}

	/**
	 * Return the number of samples whose leaf is a node.
	 * @param node the node
	 * @return the samples
	 */
	public long selfSamples(int node) {
		return this.selfSamples[node];
	}

	/**
	 * Return the weight of the samples whose leaf is a node.
	 * @param node the node
	 * @return the weight, in the unit of the event
	 */
	public long selfWeight(int node) {
		return this.selfWeight[node];
	}

	/**
	 * Return the nodes of a stack.
	 * @param leaf the node of its last frame
	 * @return the nodes from there to that of its first frame; none for the root
	 */
	public int[] path(int leaf) {
		int[] path = new int[16];
		int length = 0;
		for (int node = leaf; node > 0; node = this.parent[node]) {
			if (length == path.length) {
				path = Arrays.copyOf(path, length * 2);
			}
			path[length++] = node;
		}
		return Arrays.copyOf(path, length);
	}

	/**
	 * Return the number of samples of each node and all below it.
	 * @return the samples, by node
	 */
	public long[] totalSamples() {
		return totals(this.selfSamples);
	}

	/**
	 * Return the weight of each node and all below it.
	 * @return the weight in the unit of the event, by node
	 */
	public long[] totalWeight() {
		return totals(this.selfWeight);
	}

	/**
	 * Return this tree from its leaves: each stack begins with its last frame.
	 * @return another tree of the same samples
	 */
	public CallTree reversed() {
		StackTable stacks = new StackTable();
		CountTable counts = new CountTable();
		for (int leaf = 1; leaf < nodeCount(); leaf++) {
			if (this.selfSamples[leaf] > 0 || this.selfWeight[leaf] > 0) {
				int reversed = StackTable.ROOT;
				for (int node : path(leaf)) {
					reversed = stacks.child(reversed, frame(node));
				}
				counts.add(reversed, this.selfSamples[leaf], this.selfWeight[leaf]);
			}
		}
		return CallTreeBuilder.build(stacks, counts);
	}

	/**
	 * Return the number of samples.
	 * @return the samples
	 */
	public long samples() {
		return Arrays.stream(this.selfSamples).sum();
	}

	/**
	 * Return the weight of all samples.
	 * @return the weight, in the unit of the event
	 */
	public long weight() {
		return Arrays.stream(this.selfWeight).sum();
	}

	private long[] totals(long[] self) {
		long[] totals = self.clone();
		for (int node = totals.length - 1; node > 0; node--) {
			totals[this.parent[node]] += totals[node];
		}
		return totals;
	}

}
