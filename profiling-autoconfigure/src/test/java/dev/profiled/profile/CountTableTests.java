package dev.profiled.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CountTable}.
 */
class CountTableTests {

	@Test
	void isEmptyAtFirst() {
		CountTable table = new CountTable();
		assertThat(table.size()).isZero();
		assertThat(table.contains(0)).isFalse();
		assertThat(content(table)).isEmpty();
	}

	@Test
	void holdsWhatAMapHolds() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			Map<Long, EventTotals> expected = new HashMap<>();
			CountTable table = new CountTable();
			for (int i = random.nextInt(3000); i > 0; i--) {
				long key = randomKey(random);
				assertThat(table.contains(key)).as("seed %d", seed).isEqualTo(expected.containsKey(key));
				long samples = random.nextInt(5);
				long weight = random.nextLong();
				table.add(key, samples, weight);
				expected.merge(key, new EventTotals(samples, weight), EventTotals::plus);
			}
			assertThat(content(table)).as("seed %d", seed).isEqualTo(expected);
			assertThat(table.size()).as("seed %d", seed).isEqualTo(expected.size());
		}
	}

	@Test
	void takesTheSumsOfAnother() {
		CountTable table = new CountTable();
		table.add(1, 1, 10);
		table.add(2, 2, 20);
		CountTable other = new CountTable();
		other.add(2, 3, 30);
		other.add(Long.MAX_VALUE, 4, 40);
		table.addAll(other);
		assertThat(content(table)).containsOnly(Map.entry(1L, new EventTotals(1, 10)),
				Map.entry(2L, new EventTotals(5, 50)), Map.entry(Long.MAX_VALUE, new EventTotals(4, 40)));
		assertThat(content(other)).hasSize(2);
	}

	// Small keys, keys that differ in their upper half alone, and any others.
	private static long randomKey(Random random) {
		return switch (random.nextInt(3)) {
			case 0 -> random.nextInt(200);
			case 1 -> (long) random.nextInt(200) << 32 | 7;
			default -> random.nextLong() >>> 1;
		};
	}

	private static Map<Long, EventTotals> content(CountTable table) {
		Map<Long, EventTotals> content = new HashMap<>();
		table
			.forEach((key, samples, weight) -> assertThat(content.put(key, new EventTotals(samples, weight))).isNull());
		return content;
	}

}
