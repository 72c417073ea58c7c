package dev.profiled.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Stacks as text: {@code "a;b;c 2"} is a stack of three frames, root first, that was
 * sampled twice. A sample weighs {@value #WEIGHT}.
 */
public final class StackText {

	/**
	 * The weight of a sample.
	 */
	public static final long WEIGHT = 10;

	private StackText() {
	}

	public static StackTrace stack(String text) {
		return StackTrace
			.of(Arrays.stream(text.split(";")).filter((name) -> !name.isEmpty()).map(StackText::frame).toList());
	}

	private static Frame frame(String name) {
		return name.equals(Frame.TRUNCATED.methodName()) ? Frame.TRUNCATED : Frame.java("", name);
	}

	public static StackCounts counts(String... lines) {
		StackCounts counts = new StackCounts();
		for (String line : lines) {
			int space = line.lastIndexOf(' ');
			long samples = Long.parseLong(line.substring(space + 1));
			counts.add(ProfileEvent.CPU, stack(line.substring(0, space)), samples, samples * WEIGHT);
		}
		return counts;
	}

	public static List<String> lines(CallTree tree) {
		List<String> lines = new ArrayList<>();
		String[] paths = new String[tree.nodeCount()];
		paths[0] = "";
		for (int node = 0; node < tree.nodeCount(); node++) {
			if (node > 0) {
				String parent = paths[tree.parent(node)];
				paths[node] = parent.isEmpty() ? tree.frame(node).name() : parent + ";" + tree.frame(node).name();
			}
			if (tree.selfSamples(node) > 0) {
				lines.add(paths[node] + " " + tree.selfSamples(node));
			}
		}
		return lines;
	}

	public static List<String> lines(StackCounts counts) {
		return lines(counts.callTree(ProfileEvent.CPU));
	}

	/**
	 * Return random samples that share many frames.
	 * @param random the source
	 * @param samples their number
	 * @return a stack for each
	 */
	static List<StackTrace> randomStacks(Random random, int samples) {
		List<StackTrace> stacks = new ArrayList<>();
		for (int i = 0; i < samples; i++) {
			Frame[] frames = new Frame[random.nextInt(7)];
			for (int depth = 0; depth < frames.length; depth++) {
				frames[depth] = frame(String.valueOf((char) ('a' + random.nextInt(4))));
			}
			stacks.add(StackTrace.of(frames));
		}
		return stacks;
	}

}
