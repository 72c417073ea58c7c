package dev.profiled.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EngineLimits}.
 */
class EngineLimitsTests {

	private static final long INTERVAL = 19_236_000;

	@Test
	void beforeTheFirstHarvestNothingIsKnown() {
		assertThat(EngineLimits.describe(true, null, null, INTERVAL, INTERVAL)).isEmpty();
	}

	@Test
	void timersAreNoLimitWhereNothingElseWasAskedFor() {
		assertThat(EngineLimits.describe(false, "ctimer", false, INTERVAL, INTERVAL)).isEmpty();
		assertThat(EngineLimits.describe(true, "ctimer", false, INTERVAL, INTERVAL)).singleElement()
			.asString()
			.contains("Perf events are not available to this process", "perf_event_paranoid");
	}

	@Test
	void perfEventsWithoutTheKernelsFramesAreALimit() {
		assertThat(EngineLimits.describe(true, "perf_events", true, INTERVAL, INTERVAL)).isEmpty();
		assertThat(EngineLimits.describe(true, "perf_events", false, INTERVAL, INTERVAL)).singleElement()
			.asString()
			.contains("The kernel's frames are not shown", "kptr_restrict");
	}

	@Test
	void anIntervalThatTimersCannotKeepIsALimitAndPerfEventsAreTheWayOut() {
		assertThat(EngineLimits.describe(false, "ctimer", false, 1_000_000, 4_000_000)).singleElement()
			.asString()
			.contains("every 4000 \u00b5s of CPU time rather than every 1000 \u00b5s",
					"profiling.cpu.perf-events=true");
		assertThat(EngineLimits.describe(true, "ctimer", false, 1_000_000, 4_000_000)).hasSize(2)
			.noneMatch((limit) -> limit.contains("profiling.cpu.perf-events"));
	}

}
