package dev.profiled.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WallLimits}.
 */
class WallLimitsTests {

	private final WallOptions options = new WallOptions(Duration.ofMillis(10), 0.015, WaitRules.of(Map.of()));

	@Test
	void nothingIsSaidWhereNothingIsAmiss() {
		assertThat(describe(10, false, false, true)).isEmpty();
		assertThat(describe(11, false, false, true)).isEmpty();
	}

	@Test
	void eachLimitIsNamed() {
		assertThat(describe(10, true, false, true)).singleElement().asString().contains("CPU time is approximate");
		assertThat(describe(10, false, true, true)).singleElement().asString().contains("virtual threads");
		assertThat(describe(10, false, false, false)).singleElement().asString().contains("-XX:+UsePerfData");
	}

	@Test
	void theTickInUseIsTold() {
		assertThat(describe(25, false, false, true)).singleElement()
			.asString()
			.startsWith(
					"Threads are looked at every 25 ms rather than every 10 ms, so as to take no more than 1.5 % of "
							+ "a core (profiling.wall.budget).");
	}

	private List<String> describe(int millis, boolean fallback, boolean virtualThreads, boolean safepoints) {
		return WallLimits.describe(this.options, Duration.ofMillis(millis).toNanos(), fallback, virtualThreads,
				safepoints);
	}

}
