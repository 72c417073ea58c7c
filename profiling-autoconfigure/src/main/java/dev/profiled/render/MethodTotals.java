package dev.profiled.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;

/**
 * What each frame of a call tree has by itself and with all it calls, each stack counted
 * once, however often the frame is in it.
 *
 * @param frame the frame
 * @param self the weight of the stacks that end in it
 * @param total the weight of the stacks it is in
 */
record MethodTotals(Frame frame, long self, long total) {

	static List<MethodTotals> of(CallTree tree) {
		long[] totals = tree.totalWeight();
		List<Frame> frames = tree.frames();
		long[] self = new long[frames.size()];
		long[] total = new long[frames.size()];
		// by frame, the outermost node of the stack at hand; those of other stacks have
		// ended
		int[] outermost = new int[frames.size()];
		int[] ends = ends(tree);
		for (int node = 1; node < totals.length; node++) {
			int frame = tree.frameNumber(node);
			self[frame] += tree.selfWeight(node);
			if (outermost[frame] == 0 || ends[outermost[frame]] < node) {
				outermost[frame] = node;
				total[frame] += totals[node];
			}
		}
		List<MethodTotals> methods = new ArrayList<>();
		for (int i = 0; i < self.length; i++) {
			methods.add(new MethodTotals(frames.get(i), self[i], total[i]));
		}
		methods.sort(Comparator.comparingLong(MethodTotals::self)
			.thenComparingLong(MethodTotals::total)
			.reversed()
			.thenComparing(MethodTotals::frame));
		return methods;
	}

	// The last node below each, in preorder.
	private static int[] ends(CallTree tree) {
		int[] ends = new int[tree.nodeCount()];
		for (int node = ends.length - 1; node > 0; node--) {
			ends[node] = Math.max(ends[node], node);
			ends[tree.parent(node)] = Math.max(ends[tree.parent(node)], ends[node]);
		}
		return ends;
	}

}
