package dev.profiled.engine;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HarvestSchedule}.
 */
class HarvestScheduleTests {

	private static final long SECOND = 1_000_000_000;

	// like any of System.nanoTime(), which may be negative
	private static final long ARMED = -30 * SECOND;

	private final HarvestSchedule schedule = new HarvestSchedule(Duration.ofSeconds(5), Duration.ofMinutes(5),
			ARMED - SECOND);

	@Test
	void aHarvestIsConsideredOnceInAnInterval() {
		this.schedule.harvested(ARMED);
		assertThat(this.schedule.isTime(ARMED, ARMED + 4 * SECOND)).isTrue();
		assertThat(this.schedule.isTime(ARMED, ARMED + 9 * SECOND - 1)).isFalse();
		assertThat(this.schedule.isTime(ARMED, ARMED + 9 * SECOND)).isTrue();
	}

	@Test
	void theFirstHarvestAfterArmingIsConsideredAtOnce() {
		this.schedule.isTime(ARMED, ARMED);
		assertThat(this.schedule.isTime(ARMED, ARMED + 1)).isTrue();
		this.schedule.harvested(ARMED + 1);
		assertThat(this.schedule.isTime(ARMED, ARMED + 2)).isFalse();
	}

	@Test
	void theFirstHarvestAfterArmingIsDueAtOnce() {
		assertThat(this.schedule.isDue(0, 0, ARMED, ARMED + SECOND)).isTrue();
		this.schedule.harvested(ARMED + SECOND);
		assertThat(this.schedule.isDue(0, 0, ARMED, ARMED + 2 * SECOND)).isFalse();
		assertThat(this.schedule.isDue(0, 0, ARMED + 3 * SECOND, ARMED + 4 * SECOND)).as("armed again").isTrue();
	}

	@Test
	void withoutRequestsNoneIsDue() {
		this.schedule.harvested(ARMED);
		assertThat(this.schedule.isDue(0, 0, ARMED, ARMED + 3600 * SECOND)).isFalse();
	}

	@Test
	void withFewRequestsOneIsDueAMinuteAfterTheLast() {
		this.schedule.harvested(ARMED);
		assertThat(this.schedule.isDue(1, 10, ARMED, ARMED + 59 * SECOND)).isFalse();
		assertThat(this.schedule.isDue(1, 10, ARMED, ARMED + 60 * SECOND)).isTrue();
		this.schedule.harvested(ARMED + 60 * SECOND);
		assertThat(this.schedule.isDue(1, 10, ARMED, ARMED + 61 * SECOND)).isFalse();
	}

	@Test
	void withManyRequestsOrLooksItIsDueWithoutDelay() {
		this.schedule.harvested(ARMED);
		assertThat(this.schedule.isDue(4999, 4999, ARMED, ARMED + SECOND)).isFalse();
		assertThat(this.schedule.isDue(5000, 0, ARMED, ARMED + SECOND)).isTrue();
		assertThat(this.schedule.isDue(1, 5000, ARMED, ARMED + SECOND)).isTrue();
	}

	@Test
	void itIsIdleAWhileAfterItWasUsed() {
		this.schedule.used(ARMED);
		assertThat(this.schedule.isIdle(ARMED + 300 * SECOND)).isFalse();
		assertThat(this.schedule.isIdle(ARMED + 300 * SECOND + 1)).isTrue();
		this.schedule.used(ARMED + 301 * SECOND);
		assertThat(this.schedule.isIdle(ARMED + 302 * SECOND)).isFalse();
	}

	@Test
	void itKnowsWhetherWhatSomebodyAsksForIsHarvestedAlready() {
		this.schedule.harvested(ARMED);
		assertThat(this.schedule.isBefore(ARMED)).isFalse();
		assertThat(this.schedule.isBefore(ARMED + 1)).isTrue();
	}

}
