package dev.profiled.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds the {@link CallTree} of counted stacks: leaves out those that weigh nothing, and
 * numbers the rest in preorder. What is known as a difference only, such as the time of
 * waiting for a core, may weigh less than nothing where there are few samples. Works
 * without recursion, whatever the depth.
 */
final class CallTreeBuilder {

	private final StackTable stacks;

	private final long[] samples;

	private final long[] weights;

	private final boolean[] used;

	private final int[] position;

	CallTreeBuilder(StackTable stacks, CountTable counts) {
		this.stacks = stacks;
		this.samples = new long[stacks.nodes()];
		this.weights = new long[stacks.nodes()];
		this.used = new boolean[stacks.nodes()];
		this.position = new int[stacks.nodes()];
		counts.forEach((node, count, weight) -> {
			if (count > 0 || weight > 0) {
				this.samples[(int) node] = count;
				this.weights[(int) node] = weight;
				this.used[(int) node] = true;
			}
		});
		this.used[StackTable.ROOT] = true;
		for (int node = stacks.nodes() - 1; node > 0; node--) {
			this.used[stacks.parent(node)] |= this.used[node];
		}
	}

	static CallTree build(StackTable stacks, CountTable counts) {
		return new CallTreeBuilder(stacks, counts).build();
	}

	// Where a node of the table is in the tree that was built, if it is there.
	int position(int node) {
		return this.position[node];
	}

	CallTree build() {
		Map<Frame, Integer> numbers = new HashMap<>();
		Frame[] frames = distinctFrames(numbers);
		int[] order = preorder(numbers);
		int[] frame = new int[order.length];
		int[] parent = new int[order.length];
		long[] selfSamples = new long[order.length];
		long[] selfWeight = new long[order.length];
		for (int i = 0; i < order.length; i++) {
			int node = order[i];
			this.position[node] = i;
			selfSamples[i] = this.samples[node];
			selfWeight[i] = this.weights[node];
			frame[i] = (i > 0) ? numbers.getOrDefault(this.stacks.frame(node), -1) : -1;
			parent[i] = (i > 0) ? this.position[this.stacks.parent(node)] : -1;
		}
		return new CallTree(frames, frame, parent, selfSamples, selfWeight);
	}

	private Frame[] distinctFrames(Map<Frame, Integer> numbers) {
		for (int node = 1; node < this.used.length; node++) {
			if (this.used[node]) {
				numbers.put(this.stacks.frame(node), 0);
			}
		}
		Frame[] frames = numbers.keySet().toArray(Frame[]::new);
		Arrays.sort(frames);
		for (int i = 0; i < frames.length; i++) {
			numbers.put(frames[i], i);
		}
		return frames;
	}

	/*
	 * Sorted by parent, then backwards by frame, the children of a node stand together;
	 * pushed on a stack in that order, they come off in the order of their frames.
	 */
	private int[] preorder(Map<Frame, Integer> numbers) {
		long[] children = new long[this.used.length];
		int count = 0;
		int[] first = new int[this.used.length + 1];
		for (int node = 1; node < this.used.length; node++) {
			if (this.used[node]) {
				first[this.stacks.parent(node) + 1]++;
				count++;
			}
		}
		for (int i = 1; i < first.length; i++) {
			first[i] += first[i - 1];
		}
		int[] next = first.clone();
		for (int node = 1; node < this.used.length; node++) {
			if (this.used[node]) {
				int frame = numbers.getOrDefault(this.stacks.frame(node), -1);
				children[next[this.stacks.parent(node)]++] = ((long) -frame << 32) | node;
			}
		}
		int[] order = new int[count + 1];
		int[] pending = new int[this.used.length];
		int top = 1;
		for (int i = 0; i < order.length; i++) {
			int node = pending[--top];
			order[i] = node;
			Arrays.sort(children, first[node], first[node + 1]);
			for (int child = first[node]; child < first[node + 1]; child++) {
				pending[top++] = (int) children[child];
			}
		}
		return order;
	}

}
