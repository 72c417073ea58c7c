package dev.profiled.profile;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencyBuckets}.
 */
class LatencyBucketsTests {

	@Test
	void coverEveryLatencyWithoutGapOrOverlap() {
		assertThat(LatencyBuckets.lowerBound(0)).isZero();
		for (int bucket = 1; bucket < LatencyBuckets.COUNT; bucket++) {
			assertThat(LatencyBuckets.lowerBound(bucket)).as("bucket %d", bucket)
				.isEqualTo(LatencyBuckets.upperBound(bucket - 1) + 1)
				.isLessThanOrEqualTo(LatencyBuckets.upperBound(bucket));
		}
		assertThat(LatencyBuckets.upperBound(LatencyBuckets.COUNT - 1)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void holdTheirBounds() {
		for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
			assertThat(LatencyBuckets.of(LatencyBuckets.lowerBound(bucket))).isEqualTo(bucket);
			assertThat(LatencyBuckets.of(LatencyBuckets.upperBound(bucket))).isEqualTo(bucket);
		}
	}

	@Test
	void divideEachPowerOfTwoBySixteen() {
		for (int power = 5; power < 63; power++) {
			int first = LatencyBuckets.of(1L << power);
			assertThat(LatencyBuckets.lowerBound(first)).isEqualTo(1L << power);
			assertThat(LatencyBuckets.of((1L << power) - 1)).isEqualTo(first - 1);
			assertThat(LatencyBuckets.of((1L << power) * 2 - 1)).isEqualTo(first + 15);
		}
	}

	@Test
	void areAtMostASixteenthWide() {
		for (int bucket = 32; bucket < LatencyBuckets.COUNT; bucket++) {
			long lower = LatencyBuckets.lowerBound(bucket);
			long width = LatencyBuckets.upperBound(bucket) - lower + 1;
			assertThat(width).as("bucket %d from %d", bucket, lower).isLessThanOrEqualTo(lower / 16);
		}
	}

	@Test
	void areOneNanosecondWideBelow32() {
		for (int nanos = 0; nanos < 32; nanos++) {
			assertThat(LatencyBuckets.of(nanos)).isEqualTo(nanos);
			assertThat(LatencyBuckets.upperBound(nanos)).isEqualTo(nanos);
		}
	}

	@Test
	void countANegativeLatencyAsNone() {
		assertThat(LatencyBuckets.of(-1)).isZero();
		assertThat(LatencyBuckets.of(Long.MIN_VALUE)).isZero();
	}

	@Test
	void endWithTheLongestLatency() {
		assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
	}

	@Test
	void neverFallAsLatenciesRise() {
		Random random = new Random(1);
		for (int i = 0; i < 100_000; i++) {
			long one = random.nextLong() >>> (1 + random.nextInt(63));
			long other = random.nextLong() >>> (1 + random.nextInt(63));
			assertThat(LatencyBuckets.of(Math.min(one, other))).as("%d and %d", one, other)
				.isLessThanOrEqualTo(LatencyBuckets.of(Math.max(one, other)));
		}
	}

}
