package dev.profiled.profile;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencyHistogram}.
 */
class LatencyHistogramTests {

	@Test
	void isEmptyAtFirst() {
		assertThat(new LatencyHistogram().summary()).isEqualTo(LatencySummary.NONE);
	}

	@Test
	void tellsOneRequestExactly() {
		assertThat(histogram(1_234_567).summary())
			.isEqualTo(new LatencySummary(1, 1_234_567, 1_234_567, 1_234_567, 1_234_567, 1_234_567));
	}

	@Test
	void percentilesAreAtMostASixteenthAboveTheTruth() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			long[] latencies = random.longs(1 + random.nextInt(2000), 0, 1L << (1 + random.nextInt(40))).toArray();
			LatencySummary summary = histogram(latencies).summary();
			Arrays.sort(latencies);
			assertPercentile(seed, summary.p50(), latencies, 50);
			assertPercentile(seed, summary.p95(), latencies, 95);
			assertPercentile(seed, summary.p99(), latencies, 99);
		}
	}

	@Test
	void countMeanAndMaximumAreExact() {
		for (int seed = 0; seed < 200; seed++) {
			long[] latencies = new Random(seed).longs(1000, 0, 1L << 40).toArray();
			LatencySummary summary = histogram(latencies).summary();
			assertThat(summary.count()).isEqualTo(1000);
			assertThat(summary.mean()).as("seed %d", seed)
				.isEqualTo(Math.round(Arrays.stream(latencies).sum() / 1000.0));
			assertThat(summary.max()).isEqualTo(Arrays.stream(latencies).max().orElseThrow());
		}
	}

	@Test
	void isTheSameInWhateverOrderItIsMerged() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			LatencyHistogram all = new LatencyHistogram();
			LatencyHistogram[] parts = new LatencyHistogram[5];
			Arrays.setAll(parts, (i) -> new LatencyHistogram());
			for (int i = 0; i < 500; i++) {
				// sums beyond 2^53, where doubles are no longer exact
				long latency = random.nextLong() >>> (9 + random.nextInt(40));
				all.add(latency);
				parts[random.nextInt(parts.length)].add(latency);
			}
			LatencyHistogram forwards = new LatencyHistogram();
			LatencyHistogram backwards = new LatencyHistogram();
			for (int i = 0; i < parts.length; i++) {
				forwards.add(parts[i]);
				backwards.add(parts[parts.length - 1 - i]);
			}
			assertThat(forwards.summary()).as("seed %d", seed).isEqualTo(all.summary());
			assertThat(backwards.summary()).as("seed %d", seed).isEqualTo(all.summary());
		}
	}

	private static void assertPercentile(int seed, long actual, long[] sorted, int percent) {
		long truth = sorted[(sorted.length * percent + 99) / 100 - 1];
		assertThat(actual).as("p%d, seed %d", percent, seed).isBetween(truth, truth + truth / 16);
	}

	private static LatencyHistogram histogram(long... latencies) {
		LatencyHistogram histogram = new LatencyHistogram();
		Arrays.stream(latencies).forEach(histogram::add);
		return histogram;
	}

}
