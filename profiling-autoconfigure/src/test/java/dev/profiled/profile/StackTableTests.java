package dev.profiled.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StackTable}.
 */
class StackTableTests {

	private static final int MANY = 1000;

	@Test
	void numbersEqualStacksAlike() {
		StackTable table = new StackTable(MANY, MANY);
		int node = table.node(StackText.stack("a;b;c"));
		assertThat(table.node(StackText.stack("a;b;c"))).isEqualTo(node);
		assertThat(table.node(StackText.stack("a;b"))).isEqualTo(table.parent(node));
		assertThat(table.stacks()).isEqualTo(2);
		assertThat(table.nodes()).isEqualTo(4);
		assertThat(table.isTruncated(node)).isFalse();
	}

	@Test
	void findsEveryStackAgain() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			StackTable table = new StackTable(Integer.MAX_VALUE, Integer.MAX_VALUE);
			for (StackTrace stack : StackText.randomStacks(random, 500)) {
				assertThat(path(table, table.node(stack))).as("seed %d", seed).isEqualTo(stack.toString());
			}
		}
	}

	@Test
	void cutsAStackThatIsTooDeep() {
		assertThat(lines(MANY, 2, "a;b;c 1", "a;b;d 2", "a;b 4", "a 8")).containsExactly("a 8", "a;b 4",
				"a;b;[truncated] 3");
	}

	@Test
	void putsAStackTooManyBelowItsLongestKnownPrefix() {
		assertThat(lines(full("a;b;c"), "a;b;x 2", "a;b;c;y 4", "e;f 8", "a;b;c 1")).containsExactly("[truncated] 8",
				"a;b;[truncated] 2", "a;b;c 1", "a;b;c;[truncated] 4");
	}

	@Test
	void keepsATenthOfItsBoundForTruncatedLeavesAndThenUsesThoseNearerTheRoot() {
		assertThat(lines(2, MANY, "a;b;c 1", "d 1", "a;b;x 2", "a;b;c;y 4", "d;e 8")).containsExactly("[truncated] 8",
				"a;b;[truncated] 6", "a;b;c 1", "d 1");
	}

	@Test
	void truncatesAKnownPrefixThatIsNoStackYet() {
		assertThat(lines(1, MANY, "a;b 1", "a 2")).containsExactly("a;[truncated] 2", "a;b 1");
	}

	@Test
	void putsNoTruncatedLeafBelowAnother() {
		assertThat(lines(full("a"), "a 1", "b 1", "[truncated] 1", "[truncated];c 1", "a;[truncated] 1", "a;b 1"))
			.containsExactly("[truncated] 3", "a 1", "a;[truncated] 2");
	}

	@Test
	void countsTruncatedLeavesAsStacks() {
		StackTable table = new StackTable(1, MANY);
		table.node(StackText.stack("a"));
		table.node(StackText.stack("b"));
		assertThat(table.stacks()).isEqualTo(2);
	}

	@Test
	void tellsTruncatedStacks() {
		StackTable table = new StackTable(1, MANY);
		assertThat(table.isTruncated(table.node(StackText.stack("a")))).isFalse();
		assertThat(table.isTruncated(table.node(StackText.stack("b")))).isTrue();
		assertThat(table.isTruncated(StackTable.ROOT)).isFalse();
	}

	@Test
	void holdsOneStackEvenWhenNoneIsAllowed() {
		assertThat(lines(0, MANY, "a;b 1", " 1", "c 1")).containsExactly("[truncated] 3");
	}

	@Test
	void staysWithinItsBoundsAndLosesNoSample() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			int maxStacks = 1 + random.nextInt(60);
			int maxDepth = 1 + random.nextInt(8);
			StackTable table = new StackTable(maxStacks, maxDepth);
			CountTable counts = new CountTable();
			List<StackTrace> samples = StackText.randomStacks(random, 400);
			samples.forEach((stack) -> counts.add(table.node(stack), 1, StackText.WEIGHT));
			CallTree tree = CallTreeBuilder.build(table, counts);
			assertThat(tree.samples()).as("seed %d", seed).isEqualTo(400);
			assertThat(tree.weight()).as("seed %d", seed).isEqualTo(400 * StackText.WEIGHT);
			assertThat(counts.size()).as("seed %d", seed)
				.isLessThanOrEqualTo(maxStacks + Math.max(1, maxStacks / 10) + 1)
				.isLessThanOrEqualTo(table.stacks());
			assertThat(table.nodes()).as("seed %d", seed).isLessThanOrEqualTo(1 + maxStacks * 18 + maxDepth);
		}
	}

	@Test
	void givesEachSampleItsOwnStackOrAPrefixOfIt() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			StackTable table = new StackTable(1 + random.nextInt(60), 1 + random.nextInt(8));
			for (StackTrace stack : StackText.randomStacks(random, 400)) {
				int node = table.node(stack);
				if (table.isTruncated(node)) {
					assertThat(stack.toString()).as("seed %d", seed).startsWith(path(table, table.parent(node)));
				}
				else {
					assertThat(path(table, node)).as("seed %d", seed).isEqualTo(stack.toString());
				}
			}
		}
	}

	@Test
	void boundsTheNodesOfDeepStacks() {
		StackTable table = new StackTable(10, 1000);
		Set<Integer> nodes = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			Frame[] frames = new Frame[500];
			Arrays.fill(frames, Frame.java("", "f" + i));
			nodes.add(table.node(StackTrace.of(frames)));
		}
		assertThat(table.nodes()).isLessThan(10 * 16 + 500 + 10);
		assertThat(nodes).hasSizeLessThan(10);
	}

	@Test
	void takesAStackOfAnyDepth() {
		Frame[] frames = new Frame[100_000];
		Arrays.fill(frames, Frame.java("", "f"));
		StackTable unbounded = new StackTable(Integer.MAX_VALUE, Integer.MAX_VALUE);
		assertThat(unbounded.node(StackTrace.of(frames))).isEqualTo(100_000);
		StackTable bounded = new StackTable(1, 50_000);
		for (int i = 0; i < 5; i++) {
			int node = bounded.node(StackTrace.of(frames));
			assertThat(node).isEqualTo(50_001);
			assertThat(bounded.isTruncated(node)).isTrue();
		}
	}

	private static List<String> lines(int maxStacks, int maxDepth, String... lines) {
		return lines(new StackTable(maxStacks, maxDepth), lines);
	}

	// A table that is full, with room for four truncated leaves.
	private static StackTable full(String... stacks) {
		StackTable table = new StackTable(40, MANY);
		for (int i = 0; i < 40; i++) {
			table.node(StackText.stack((i < stacks.length) ? stacks[i] : "x;" + i));
		}
		return table;
	}

	private static List<String> lines(StackTable table, String... lines) {
		CountTable counts = new CountTable();
		for (String line : lines) {
			StackText.counts(line)
				.forEach((event, stack, samples, weight) -> counts.add(table.node(stack), samples, weight));
		}
		return StackText.lines(CallTreeBuilder.build(table, counts));
	}

	private static String path(StackTable table, int leaf) {
		List<String> names = new ArrayList<>();
		for (int node = leaf; node != StackTable.ROOT; node = table.parent(node)) {
			names.add(0, table.frame(node).name());
		}
		return String.join(";", names);
	}

}
