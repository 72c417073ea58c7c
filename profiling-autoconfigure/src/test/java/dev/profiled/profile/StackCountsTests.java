package dev.profiled.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StackCounts} and the {@link CallTree} they give.
 */
class StackCountsTests {

	@Test
	void countTheSamplesOfEachStack() {
		StackCounts counts = StackText.counts("a;b;c 2", "a;b 1", "a;b;c 3", "d 1");
		assertThat(StackText.lines(counts)).containsExactly("a;b 1", "a;b;c 5", "d 1");
		assertThat(counts.samples()).isEqualTo(7);
		assertThat(counts.stacks()).isEqualTo(3);
	}

	@Test
	void addThoseOfOthers() {
		StackCounts counts = StackText.counts("a;b 1", "c 1");
		StackCounts others = StackText.counts("a;b 2", "a;d 1");
		counts.addAll(others);
		assertThat(StackText.lines(counts)).containsExactly("a;b 3", "a;d 1", "c 1");
		assertThat(StackText.lines(others)).containsExactly("a;b 2", "a;d 1");
	}

	@Test
	void giveATreeInPreorderWithChildrenInTheOrderOfTheirFrames() {
		CallTree tree = StackText.counts("b;z 1", "b;y 1", "a 1", "b;y;x 4").callTree(ProfileEvent.CPU);
		assertThat(drawing(tree)).containsExactly("root 7", "  a 1", "  b 6", "    y 5", "      x 4", "    z 1");
		assertThat(tree.frames()).extracting(Frame::name).containsExactly("a", "b", "x", "y", "z");
		assertThat(tree.parent(0)).isEqualTo(-1);
		assertThat(tree.frameNumber(0)).isEqualTo(-1);
	}

	@Test
	void keepFramesOfTheSameNameButAnotherKindApart() {
		StackCounts counts = new StackCounts();
		counts.add(ProfileEvent.CPU, StackTrace.of(new Frame("", "read", FrameKind.KERNEL)), 1, 1);
		counts.add(ProfileEvent.CPU, StackTrace.of(new Frame("", "read", FrameKind.NATIVE)), 2, 2);
		assertThat(StackText.lines(counts)).containsExactly("read 2", "read 1");
	}

	@Test
	void holdTheEmptyStack() {
		CallTree tree = StackText.counts(" 3", "a 1").callTree(ProfileEvent.CPU);
		assertThat(tree.selfSamples(0)).isEqualTo(3);
		assertThat(drawing(tree)).containsExactly("root 4", "  a 1");
	}

	@Test
	void giveATreeOfARootAloneWhenThereIsNothing() {
		CallTree tree = new StackCounts().callTree(ProfileEvent.CPU);
		assertThat(tree.nodeCount()).isEqualTo(1);
		assertThat(tree.samples()).isZero();
		assertThat(tree.frames()).isEmpty();
	}

	@Test
	void mergeTheSameInAnyOrder() {
		for (int seed = 0; seed < 500; seed++) {
			Random random = new Random(seed);
			List<StackTrace> samples = StackText.randomStacks(random, random.nextInt(200));
			CallTree expected = counts(samples).callTree(ProfileEvent.CPU);
			Collections.shuffle(samples, random);
			assertEqual(seed, counts(samples).callTree(ProfileEvent.CPU), expected);
		}
	}

	@Test
	void mergeTheSameInAnyGrouping() {
		for (int seed = 0; seed < 500; seed++) {
			Random random = new Random(seed);
			List<StackTrace> samples = StackText.randomStacks(random, random.nextInt(200));
			List<StackCounts> parts = new ArrayList<>();
			for (int from = 0; from < samples.size();) {
				int to = Math.min(samples.size(), from + 1 + random.nextInt(40));
				parts.add(counts(samples.subList(from, to)));
				from = to;
			}
			parts.add(new StackCounts());
			while (parts.size() > 1) {
				StackCounts part = parts.remove(random.nextInt(parts.size()));
				parts.get(random.nextInt(parts.size())).addAll(part);
			}
			assertEqual(seed, parts.get(0).callTree(ProfileEvent.CPU), counts(samples).callTree(ProfileEvent.CPU));
		}
	}

	@Test
	void loseNoSampleOnTheWayToTheTree() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			List<StackTrace> samples = StackText.randomStacks(random, random.nextInt(300));
			CallTree tree = counts(samples).callTree(ProfileEvent.CPU);
			assertThat(tree.samples()).as("seed %d", seed).isEqualTo(samples.size());
			assertThat(tree.totalSamples()[0]).as("seed %d", seed).isEqualTo(samples.size());
			assertThat(tree.weight()).as("seed %d", seed).isEqualTo(samples.size() * StackText.WEIGHT);
		}
	}

	@Test
	void takeStacksOfAnyDepth() {
		Frame[] frames = new Frame[100_000];
		for (int i = 0; i < frames.length; i++) {
			frames[i] = Frame.java("Recursion", (i % 2 != 0) ? "odd" : "even");
		}
		StackCounts counts = new StackCounts();
		counts.add(ProfileEvent.CPU, StackTrace.of(frames), 1, 1);
		CallTree tree = counts.callTree(ProfileEvent.CPU);
		assertThat(tree.nodeCount()).isEqualTo(100_001);
		assertThat(tree.frames()).hasSize(2);
		assertThat(tree.selfSamples(100_000)).isOne();
		assertThat(tree.totalSamples()).containsOnly(1);
	}

	private static StackCounts counts(List<StackTrace> samples) {
		StackCounts counts = new StackCounts();
		samples.forEach((stack) -> counts.add(ProfileEvent.CPU, stack, 1, StackText.WEIGHT));
		return counts;
	}

	private static List<String> drawing(CallTree tree) {
		List<String> lines = new ArrayList<>();
		int[] depths = new int[tree.nodeCount()];
		long[] totals = tree.totalSamples();
		for (int node = 0; node < tree.nodeCount(); node++) {
			depths[node] = (node > 0) ? depths[tree.parent(node)] + 1 : 0;
			String name = (node > 0) ? tree.frame(node).name() : "root";
			lines.add("  ".repeat(depths[node]) + name + " " + totals[node]);
		}
		return lines;
	}

	private static void assertEqual(int seed, CallTree actual, CallTree expected) {
		assertThat(drawing(actual)).as("seed %d", seed).isEqualTo(drawing(expected));
		assertThat(StackText.lines(actual)).as("seed %d", seed).isEqualTo(StackText.lines(expected));
		assertThat(actual.frames()).as("seed %d", seed).isEqualTo(expected.frames());
		assertThat(actual.weight()).as("seed %d", seed).isEqualTo(expected.weight());
	}

}
