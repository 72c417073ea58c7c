package dev.profiled.profile;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencySamples}.
 */
class LatencySamplesTests {

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 1000, 100);

	@BeforeEach
	void record() {
		this.repository.register(new Endpoint("orders", List.of(), List.of()));
		for (int i = 0; i < 200; i++) {
			StackCounts counts = new StackCounts();
			ProfileEvent event = ProfileEvent.values()[i % 4];
			counts.add(event, StackTrace.of(Frame.java("a.A", "main"), Frame.java("a.A", "m" + i % 7)), 1, 10 + i);
			this.repository.record("orders", new RequestProfile(0, i * 60_000L, 1L << (i % 40), false, counts));
		}
	}

	@ParameterizedTest
	@EnumSource
	void areThoseOfTheCallTrees(ProfileEvent event) {
		CallTree tree = this.repository.find("orders", new ProfileQuery(event)).orElseThrow().tree();
		LatencySamples samples = this.repository.samples("orders");
		assertThat(tree.samples()).isEqualTo(50);
		for (int node = 1; node < samples.tree().nodeCount(); node++) {
			long weight = 0;
			for (LatencySamples.Row row : samples.rows()) {
				weight += (row.event() == event && row.node() == node) ? row.weight() : 0;
			}
			assertThat(weight).isEqualTo(weight(tree, samples.tree().frame(node)));
		}
	}

	@Test
	void tellLatenciesByBucket() {
		assertThat(this.repository.samples("orders").rows()).filteredOn((row) -> row.event() == ProfileEvent.CPU)
			.extracting(LatencySamples.Row::bucket)
			.hasSizeGreaterThan(10)
			.containsAll(IntStream.range(0, 10).mapToObj((i) -> LatencyBuckets.of(1L << 4 * i)).toList());
	}

	@Test
	void filteredTheySumUpByWhatIsLeft() {
		LatencySamples all = this.repository.samples("orders");
		LatencySamples rest = all.filter(new CallTreeFilter(null, new FramePattern("m3"), null, 1, false));
		assertThat(rest.tree().nodeCount()).isEqualTo(2);
		assertThat(rest.rows()).allMatch((row) -> row.node() == 1);
		long out = all.rows()
			.stream()
			.filter((row) -> all.tree().frame(row.node()).methodName().equals("m3"))
			.mapToLong(LatencySamples.Row::samples)
			.sum();
		assertThat(rest.rows().stream().mapToLong(LatencySamples.Row::samples).sum()).isEqualTo(200 - out);
	}

	@Test
	void ofAnUnknownNameThereAreNone() {
		assertThat(this.repository.samples("nobody").rows()).isEmpty();
	}

	private static long weight(CallTree tree, Frame frame) {
		long weight = 0;
		for (int node = 1; node < tree.nodeCount(); node++) {
			weight += tree.frame(node).equals(frame) ? tree.selfWeight(node) : 0;
		}
		return weight;
	}

}
