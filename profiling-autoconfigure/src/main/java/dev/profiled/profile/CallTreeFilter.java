package dev.profiled.profile;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Leaves out parts of a call tree.
 *
 * @param include keeps the samples with such a frame in their stack
 * @param exclude leaves out the samples with such a frame in their stack
 * @param root lets stacks begin with the first such frame, and leaves out those without
 * @param depth how many frames of a stack are kept, counted from its root; the rest is
 * the last one's own
 * @param simpleNames whether classes go by their names without package
 */
public record CallTreeFilter(@Nullable FramePattern include, @Nullable FramePattern exclude,
		@Nullable FramePattern root, int depth, boolean simpleNames) {

	/**
	 * Leaves out nothing.
	 */
	public static final CallTreeFilter NONE = new CallTreeFilter(null, null, null, Integer.MAX_VALUE, false);

	private static final int OUTSIDE = -1;

	/**
	 * Return what is left of a call tree.
	 * @param tree the call tree
	 * @return the rest
	 * @throws FramePattern.TooSlowException if one of the expressions takes too long
	 */
	public CallTree apply(CallTree tree) {
		return equals(NONE) ? tree : filter(tree).tree();
	}

	Filtered filter(CallTree tree) {
		List<Frame> frames = tree.frames();
		boolean[] included = find(this.include, frames);
		boolean[] excluded = find(this.exclude, frames);
		boolean[] roots = find(this.root, frames);
		boolean[] in = new boolean[tree.nodeCount()];
		boolean[] out = new boolean[tree.nodeCount()];
		int[] target = new int[tree.nodeCount()];
		int[] depths = new int[tree.nodeCount()];
		in[0] = this.include == null;
		target[0] = (this.root == null) ? StackTable.ROOT : OUTSIDE;
		StackTable stacks = new StackTable();
		CountTable counts = new CountTable();
		for (int node = 1; node < tree.nodeCount(); node++) {
			int parent = tree.parent(node);
			int frame = tree.frameNumber(node);
			in[node] = in[parent] || included[frame];
			out[node] = out[parent] || excluded[frame];
			if (target[parent] == OUTSIDE && !roots[frame]) {
				target[node] = OUTSIDE;
			}
			else {
				int above = Math.max(target[parent], StackTable.ROOT);
				depths[node] = depths[parent] + 1;
				target[node] = (depths[node] > this.depth) ? above : stacks.child(above, shown(frames.get(frame)));
				if (in[node] && !out[node]) {
					counts.add(target[node], tree.selfSamples(node), tree.selfWeight(node));
				}
			}
		}
		CallTreeBuilder builder = new CallTreeBuilder(stacks, counts);
		CallTree rest = builder.build();
		for (int node = 0; node < target.length; node++) {
			boolean kept = target[node] != OUTSIDE && in[node] && !out[node];
			target[node] = kept ? builder.position(target[node]) : OUTSIDE;
		}
		return new Filtered(rest, target);
	}

	private Frame shown(Frame frame) {
		String name = frame.className();
		return this.simpleNames ? new Frame(name.substring(name.lastIndexOf('.') + 1), frame.methodName(), frame.kind())
				: frame;
	}

	private static boolean[] find(@Nullable FramePattern pattern, List<Frame> frames) {
		return (pattern != null) ? pattern.find(frames) : new boolean[frames.size()];
	}

	/**
	 * What is left.
	 *
	 * @param tree the rest
	 * @param nodes by node of the whole tree the one in the rest that has its samples, or
	 * -1
	 */
	record Filtered(CallTree tree, int[] nodes) {
	}

}
