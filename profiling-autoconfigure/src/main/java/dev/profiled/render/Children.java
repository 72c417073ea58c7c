package dev.profiled.render;

import java.util.Arrays;
import java.util.Comparator;

import dev.profiled.profile.CallTree;

/**
 * The children of the nodes of a call tree.
 */
final class Children {

	private Children() {
	}

	/**
	 * Return the children of each node in the order of their lines in sorted collapsed
	 * stacks.
	 * @param tree the call tree
	 * @param names the names of its frames
	 * @return the children, by node
	 */
	static int[][] byName(CallTree tree, String[] names) {
		int[] count = new int[tree.nodeCount()];
		for (int node = 1; node < count.length; node++) {
			count[tree.parent(node)]++;
		}
		int[][] children = new int[count.length][];
		Arrays.setAll(children, (node) -> new int[count[node]]);
		for (int node = count.length - 1; node > 0; node--) {
			int parent = tree.parent(node);
			children[parent][--count[parent]] = node;
		}
		Integer[] order = ranks(names);
		int[] rank = new int[names.length];
		for (int i = 0; i < order.length; i++) {
			rank[order[i]] = i;
		}
		for (int[] siblings : children) {
			sort(siblings, tree, rank);
		}
		return children;
	}

	private static Integer[] ranks(String[] names) {
		Integer[] order = new Integer[names.length];
		Arrays.setAll(order, (i) -> i);
		// a name ends in a line with what separates it from the next
		Arrays.sort(order, Comparator.comparing((i) -> names[i] + ";"));
		return order;
	}

	private static void sort(int[] siblings, CallTree tree, int[] rank) {
		long[] keys = new long[siblings.length];
		Arrays.setAll(keys, (i) -> (long) rank[tree.frameNumber(siblings[i])] << 32 | siblings[i]);
		Arrays.sort(keys);
		Arrays.setAll(siblings, (i) -> (int) keys[i]);
	}

}
