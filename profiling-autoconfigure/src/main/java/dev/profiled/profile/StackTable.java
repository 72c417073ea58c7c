package dev.profiled.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers stack traces. Stacks share their common roots: each is a node of a tree, named
 * by its parent and its last frame, some 20 bytes a node. A node is always numbered after
 * its parent; node 0 is the root, the empty stack.
 * <p>
 * The table is bounded in stacks, in nodes and in depth. A stack past a bound becomes its
 * longest prefix that is known, with {@link Frame#TRUNCATED} as its leaf, so that it
 * keeps its place in the call tree and only detail is lost. Not thread-safe.
 */
final class StackTable {

	static final int ROOT = 0;

	private static final int NODES_PER_STACK = 16;

	private static final int TRUNCATED = 0;

	private final int maxStacks;

	private final int maxDepth;

	private final List<Frame> frames = new ArrayList<>(List.of(Frame.TRUNCATED));

	private final Map<Frame, Integer> frameNumbers = new HashMap<>(Map.of(Frame.TRUNCATED, TRUNCATED));

	private int[] parents = new int[16];

	private int[] frameOfNode = new int[16];

	private int[] slots = new int[32];

	private boolean[] isStack = new boolean[16];

	private int nodes = 1;

	private int stacks;

	private int truncatedStacks;

	// Without bounds, for what was bounded before.
	StackTable() {
		this(Integer.MAX_VALUE, Integer.MAX_VALUE);
	}

	StackTable(int maxStacks, int maxDepth) {
		this.maxStacks = maxStacks;
		this.maxDepth = maxDepth;
	}

	// The node of the stack, which is added if the bounds allow; else that of its known
	// prefix and a truncated leaf.
	int node(StackTrace stack) {
		int depth = Math.min(stack.depth(), this.maxDepth);
		boolean full = this.stacks >= this.maxStacks || this.nodes >= (long) this.maxStacks * NODES_PER_STACK;
		int node = ROOT;
		for (int i = 0; i < depth; i++) {
			int child = child(node, stack.frame(i), full);
			if (child == ROOT) {
				return truncated(node);
			}
			node = child;
		}
		if (depth < stack.depth()) {
			return truncated(node);
		}
		if (!this.isStack[node]) {
			if (full) {
				return truncated(node);
			}
			this.isStack[node] = true;
			this.stacks++;
		}
		return node;
	}

	boolean isTruncated(int node) {
		return node != ROOT && this.frameOfNode[node] == TRUNCATED;
	}

	int parent(int node) {
		return this.parents[node];
	}

	Frame frame(int node) {
		return this.frames.get(this.frameOfNode[node]);
	}

	int nodes() {
		return this.nodes;
	}

	int stacks() {
		return this.stacks + this.truncatedStacks;
	}

	// The truncated leaf below a node, or below its nearest ancestor that may have one: a
	// tenth of the bound is kept for such leaves.
	private int truncated(int parent) {
		if (isTruncated(parent)) {
			return parent;
		}
		int node = parent;
		while (true) {
			boolean full = node != ROOT && this.truncatedStacks >= Math.max(1, this.maxStacks / 10);
			int before = this.nodes;
			int leaf = child(node, Frame.TRUNCATED, full);
			if (leaf != ROOT) {
				this.truncatedStacks += this.nodes - before;
				return leaf;
			}
			node = this.parents[node];
		}
	}

	// The child of a node, which is added whatever the bounds.
	int child(int parent, Frame frame) {
		return child(parent, frame, false);
	}

	private int child(int parent, Frame frame, boolean full) {
		Integer number = this.frameNumbers.get(frame);
		if (number != null) {
			int node = this.slots[slot(parent, number)];
			if (node != ROOT) {
				return node;
			}
		}
		if (full) {
			return ROOT;
		}
		if (number == null) {
			number = this.frames.size();
			this.frames.add(frame);
			this.frameNumbers.put(frame, number);
		}
		return add(parent, number);
	}

	private int add(int parent, int frame) {
		if (this.nodes == this.parents.length) {
			grow();
		}
		int node = this.nodes++;
		this.parents[node] = parent;
		this.frameOfNode[node] = frame;
		this.slots[slot(parent, frame)] = node;
		return node;
	}

	private int slot(int parent, int frame) {
		int mask = this.slots.length - 1;
		int slot = (int) (((((long) parent << 32) | frame) * 0x9E3779B97F4A7C15L) >>> 32) & mask;
		for (int node = this.slots[slot]; node != ROOT; node = this.slots[slot]) {
			if (this.parents[node] == parent && this.frameOfNode[node] == frame) {
				break;
			}
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private void grow() {
		int capacity = this.nodes * 2;
		this.parents = Arrays.copyOf(this.parents, capacity);
		this.frameOfNode = Arrays.copyOf(this.frameOfNode, capacity);
		this.isStack = Arrays.copyOf(this.isStack, capacity);
		this.slots = new int[capacity * 2];
		for (int node = 1; node < this.nodes; node++) {
			this.slots[slot(this.parents[node], this.frameOfNode[node])] = node;
		}
	}

}
