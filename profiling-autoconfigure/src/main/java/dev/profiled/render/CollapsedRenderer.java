package dev.profiled.render;

import java.io.IOException;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.ProfileEvent;

/**
 * Renders a call tree as collapsed stacks, one in a line, root first, with a number:
 * {@code main;serve;sort 12}. It is that of the samples that end in the last frame for
 * CPU time, and their weight for other events. Read by {@code flamegraph.pl} and most
 * other viewers.
 */
public final class CollapsedRenderer {

	private CollapsedRenderer() {
	}

	/**
	 * Render a call tree.
	 * @param tree the call tree
	 * @param event what was sampled
	 * @param out receives the lines, in the order of the tree's nodes; none if it has no
	 * samples
	 * @throws IOException if the receiver fails
	 */
	public static void render(CallTree tree, ProfileEvent event, Appendable out) throws IOException {
		Counts counts = Counts.of(tree, event);
		// the nodes come in preorder, so that a stack differs from the last in its end
		int[] ends = new int[tree.nodeCount()];
		StringBuilder stack = new StringBuilder();
		for (int node = 1; node < tree.nodeCount(); node++) {
			stack.setLength(ends[tree.parent(node)]);
			stack.append((stack.length() > 0) ? ";" : "").append(counts.names()[tree.frameNumber(node)]);
			ends[node] = stack.length();
			if (counts.self()[node] > 0) {
				out.append(stack).append(' ').append(String.valueOf(counts.self()[node])).append('\n');
			}
		}
	}

}
