package dev.profiled.render;

import java.util.Arrays;
import java.util.Locale;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.ProfileEvent;

/**
 * A call tree as formats see it that know one number for each stack: of CPU time the
 * number of samples, of other events the weight, since theirs do not weigh alike.
 *
 * @param event what was sampled
 * @param names the names of the frames, without what means something in collapsed stacks
 * @param self the numbers of the stacks that end in a node, by node
 * @param totals those with all below the node
 */
record Counts(ProfileEvent event, String[] names, long[] self, long[] totals) {

	static Counts of(CallTree tree, ProfileEvent event) {
		boolean samples = event == ProfileEvent.CPU;
		long[] self = new long[tree.nodeCount()];
		Arrays.setAll(self, samples ? tree::selfSamples : tree::selfWeight);
		long[] totals = samples ? tree.totalSamples() : tree.totalWeight();
		return new Counts(event, tree.frames().stream().map(Counts::name).toArray(String[]::new), self, totals);
	}

	long total(int node) {
		return this.totals[node];
	}

	String text(long number) {
		String unit = (this.event == ProfileEvent.CPU) ? "samples" : this.event.unit();
		return String.format(Locale.ROOT, "%,d %s", number, unit);
	}

	// The semicolon, the end of a line and an empty name mean something else there.
	private static String name(Frame frame) {
		String name = frame.name().replace(';', ',').replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "_");
		return (name.isBlank() ? "_" : name) + ((frame.kind() == FrameKind.KERNEL) ? "_[k]" : "");
	}

}
