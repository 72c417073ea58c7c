package dev.profiled.render;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;

/**
 * Renders a call tree as collapsed stacks, one in a line, root first, with the number of
 * samples that end in its last frame: {@code main;serve;sort 12}. Read by
 * {@code flamegraph.pl} and most other viewers.
 */
public final class CollapsedRenderer {

	private CollapsedRenderer() {
	}

	/**
	 * Render a call tree.
	 * @param tree the call tree
	 * @return the lines, in the order of the tree's nodes; empty if it has no samples
	 */
	public static String render(CallTree tree) {
		StringBuilder text = new StringBuilder();
		String[] names = tree.frames().stream().map(CollapsedRenderer::name).toArray(String[]::new);
		// the nodes come in preorder, so that a stack differs from the last in its end
		int[] ends = new int[tree.nodeCount()];
		StringBuilder stack = new StringBuilder();
		for (int node = 1; node < tree.nodeCount(); node++) {
			stack.setLength(ends[tree.parent(node)]);
			stack.append((stack.length() > 0) ? ";" : "").append(names[tree.frameNumber(node)]);
			ends[node] = stack.length();
			if (tree.selfSamples(node) > 0) {
				text.append(stack).append(' ').append(tree.selfSamples(node)).append('\n');
			}
		}
		return text.toString();
	}

	// The semicolon, the end of a line and an empty name mean something else here.
	private static String name(Frame frame) {
		String name = frame.name().replace(';', ',').replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "_");
		return (name.isBlank() ? "_" : name) + ((frame.kind() == FrameKind.KERNEL) ? "_[k]" : "");
	}

}
