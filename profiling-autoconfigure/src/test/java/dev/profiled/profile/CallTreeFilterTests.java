package dev.profiled.profile;

import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallTreeFilter}.
 */
class CallTreeFilterTests {

	private final CallTree tree = tree("a.Main.run;b.Sort.sort;b.Sort.sort;c.Compare.compare 4",
			"a.Main.run;b.Sort.sort 2", "a.Main.run;d.Read.read 1", "e.Gc.work 8");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sort            | a.Main.run;b.Sort.sort 2, a.Main.run;b.Sort.sort;b.Sort.sort;c.Compare.compare 4
			^e\\.Gc          | e.Gc.work 8
			read$           | a.Main.run;d.Read.read 1
			nothing         | ''
			""")
	void keepsTheSamplesWithSuchAFrame(String expression, String rest) {
		assertThat(text(filter(expression, null, null, 99, false))).isEqualTo(rest);
	}

	@Test
	void leavesOutTheSamplesWithSuchAFrame() {
		assertThat(text(filter(null, "Sort|Gc", null, 99, false))).isEqualTo("a.Main.run;d.Read.read 1");
		assertThat(text(filter("Main", "compare", null, 99, false)))
			.isEqualTo("a.Main.run;b.Sort.sort 2, a.Main.run;d.Read.read 1");
	}

	@Test
	void letsStacksBeginWithTheFirstSuchFrame() {
		assertThat(text(filter(null, null, "Sort", 99, false)))
			.isEqualTo("b.Sort.sort 2, b.Sort.sort;b.Sort.sort;c.Compare.compare 4");
	}

	@Test
	void foldsWhatIsDeeperIntoTheLastFrameKept() {
		assertThat(text(filter(null, null, null, 2, false)))
			.isEqualTo("a.Main.run;b.Sort.sort 6, a.Main.run;d.Read.read 1, e.Gc.work 8");
		assertThat(text(filter(null, null, "Sort", 1, false))).isEqualTo("b.Sort.sort 6");
	}

	@Test
	void shortensTheNamesOfClassesAndMergesThoseThatAreTheSameThen() {
		CallTree twins = tree("a.Main.run;a.Main.go 1", "b.Main.run;a.Main.go 2");
		assertThat(text(new CallTreeFilter(null, null, null, 99, true).apply(twins))).isEqualTo("Main.run;Main.go 3");
	}

	@Test
	void samplesOfAllEventsAreFilteredByNode() {
		CallTreeFilter.Filtered rest = new CallTreeFilter(null, null, new FramePattern("Sort"), 1, false)
			.filter(this.tree);
		for (int node = 0; node < this.tree.nodeCount(); node++) {
			boolean below = node > 0 && this.tree.frame(node).name().matches("b.Sort.sort|c.Compare.compare");
			assertThat(rest.nodes()[node]).isEqualTo(below ? 1 : -1);
		}
	}

	@Test
	void anExpressionThatTakesForeverIsGivenUp() {
		CallTree tree = tree("a.A." + "a".repeat(60) + " 1");
		CallTreeFilter filter = new CallTreeFilter(new FramePattern("(.*a){20}x"), null, null, 99, false);
		assertThatExceptionOfType(FramePattern.TooSlowException.class).isThrownBy(() -> filter.apply(tree))
			.satisfies((ex) -> assertThat(ex.expression()).isEqualTo("(.*a){20}x"));
	}

	private CallTree filter(String include, String exclude, String root, int depth, boolean simple) {
		return new CallTreeFilter(pattern(include), pattern(exclude), pattern(root), depth, simple).apply(this.tree);
	}

	private static FramePattern pattern(String expression) {
		return (expression != null) ? new FramePattern(expression) : null;
	}

	private static CallTree tree(String... stacks) {
		StackCounts counts = new StackCounts();
		for (String stack : stacks) {
			String[] parts = stack.split(" ");
			Frame[] frames = java.util.Arrays.stream(parts[0].split(";"))
				.map(CallTreeFilterTests::frame)
				.toArray(Frame[]::new);
			counts.add(ProfileEvent.CPU, StackTrace.of(frames), Long.parseLong(parts[1]), 10);
		}
		return counts.callTree(ProfileEvent.CPU);
	}

	private static Frame frame(String name) {
		int dot = name.lastIndexOf('.');
		return Frame.java(name.substring(0, dot), name.substring(dot + 1));
	}

	private static String text(CallTree tree) {
		TreeMap<String, Long> stacks = new TreeMap<>();
		String[] names = new String[tree.nodeCount()];
		for (int node = 1; node < names.length; node++) {
			String above = names[tree.parent(node)];
			names[node] = ((above != null) ? above + ";" : "") + tree.frame(node).name();
			if (tree.selfSamples(node) > 0) {
				stacks.merge(names[node], tree.selfSamples(node), Long::sum);
			}
		}
		return String.join(", ",
				stacks.entrySet().stream().map((stack) -> stack.getKey() + " " + stack.getValue()).toList());
	}

}
