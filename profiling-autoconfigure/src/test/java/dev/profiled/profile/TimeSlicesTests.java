package dev.profiled.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeSlices}.
 */
class TimeSlicesTests {

	private static final long MINUTE = Duration.ofMinutes(1).toMillis();

	private static final long START = 1_700_000_000_000L;

	private final TimeSlices slices = new TimeSlices();

	@Test
	void holdOneMinuteEachAtFirst() {
		long minute = Math.floorDiv(START, MINUTE) * MINUTE;
		TimeSlice slice = this.slices.at(minute);
		assertThat(this.slices.at(minute + MINUTE - 1)).isSameAs(slice);
		assertThat(this.slices.at(minute + MINUTE)).isNotSameAs(slice);
		assertThat(this.slices.at(minute - 1)).isNotSameAs(slice);
		assertThat(this.slices.all()).hasSize(3);
	}

	@Test
	void areOfTwoMinutesInTheHourBeforeTheLatest() {
		everyMinute(START, Duration.ofHours(2));
		assertThat(this.slices.all()).hasSizeBetween(88, 93);
	}

	@Test
	void growSlowlyInNumber() {
		everyMinute(START, Duration.ofDays(20));
		assertThat(this.slices.all()).hasSizeBetween(200, 400);
		assertNothingLost(Duration.ofDays(20).toMinutes());
	}

	@Test
	void keepTheLatestHourFine() {
		everyMinute(START, Duration.ofDays(3));
		long now = START + Duration.ofDays(3).toMillis() - MINUTE;
		List<TimeSlice> latest = new ArrayList<>();
		for (int minutes = 0; minutes < 60; minutes++) {
			latest.add(this.slices.at(now - minutes * MINUTE));
		}
		assertThat(latest).doesNotHaveDuplicates();
	}

	@Test
	void keepOldMomentsTogetherWithTheirNeighbours() {
		everyMinute(START, Duration.ofDays(3));
		assertThat(this.slices.at(START)).isSameAs(this.slices.at(START + MINUTE));
		assertNothingLost(Duration.ofDays(3).toMinutes());
	}

	@Test
	void takeWhatComesLateIntoAnOldGap() {
		record(START);
		record(START - Duration.ofDays(2).toMillis());
		record(START - Duration.ofDays(2).toMillis());
		record(START - Duration.ofDays(1).toMillis());
		assertNothingLost(4);
	}

	@Test
	void takeWhatComesAfterTheClockWasSetBack() {
		everyMinute(START, Duration.ofHours(3));
		everyMinute(START - Duration.ofDays(5).toMillis(), Duration.ofHours(3));
		assertNothingLost(360);
		everyMinute(START, Duration.ofHours(5));
		assertNothingLost(660);
	}

	@Test
	void takeMomentsBefore1970() {
		everyMinute(-Duration.ofHours(3).toMillis(), Duration.ofHours(6));
		assertNothingLost(360);
	}

	@Test
	void mergeTheTwoOldest() {
		assertThat(this.slices.mergeOldest()).isFalse();
		TimeSlice oldest = record(START);
		assertThat(this.slices.mergeOldest()).isFalse();
		record(START + 5 * MINUTE);
		TimeSlice latest = record(START + 7 * MINUTE);
		assertThat(this.slices.mergeOldest()).isTrue();
		assertThat(this.slices.all()).hasSize(2);
		assertThat(this.slices.at(START)).isSameAs(this.slices.at(START + 5 * MINUTE)).isSameAs(oldest);
		assertThat(this.slices.at(START + 7 * MINUTE)).isSameAs(latest);
		assertNothingLost(3);
	}

	@Test
	void canBeMergedIntoOneAndGoOn() {
		everyMinute(START, Duration.ofHours(3));
		while (this.slices.mergeOldest()) {
			assertNothingLost(180);
		}
		assertThat(this.slices.all()).hasSize(1);
		assertThat(this.slices.at(START)).isSameAs(this.slices.at(START + Duration.ofHours(3).toMillis() - MINUTE));
		everyMinute(START + Duration.ofHours(3).toMillis(), Duration.ofHours(30));
		assertNothingLost(33 * 60);
		assertThat(this.slices.all()).hasSizeBetween(100, 300);
	}

	@Test
	void countTheirEntries() {
		assertThat(this.slices.entries()).isZero();
		this.slices.at(START).addSamples(ProfileEvent.CPU, 1, 1, 1, 1);
		this.slices.at(START).addSamples(ProfileEvent.CPU, 1, 2, 1, 1);
		this.slices.at(START + MINUTE).addSamples(ProfileEvent.CPU, 1, 1, 1, 1);
		assertThat(this.slices.entries()).isEqualTo(3);
		this.slices.mergeOldest();
		assertThat(this.slices.entries()).isEqualTo(2);
	}

	@Test
	void loseNothingWhateverHappens() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			TimeSlices slices = new TimeSlices();
			long now = START;
			for (int recorded = 1; recorded < 300; recorded++) {
				now += switch (random.nextInt(20)) {
					case 0 -> random.nextLong(Duration.ofDays(3).toMillis());
					case 1 -> -random.nextLong(Duration.ofDays(1).toMillis());
					case 2 -> random.nextLong(Duration.ofHours(2).toMillis());
					default -> random.nextLong(2 * MINUTE);
				};
				record(slices, now);
				if (random.nextInt(10) == 0) {
					slices.mergeOldest();
				}
				assertThat(slices.at(now)).as("seed %d", seed).isSameAs(slices.at(now));
				assertThat(slices.all()).as("seed %d", seed).contains(slices.at(now));
				assertNothingLost(slices, recorded, "seed " + seed);
			}
		}
	}

	private void everyMinute(long from, Duration duration) {
		for (long minute = 0; minute < duration.toMinutes(); minute++) {
			record(from + minute * MINUTE);
		}
	}

	private TimeSlice record(long millis) {
		return record(this.slices, millis);
	}

	private static TimeSlice record(TimeSlices slices, long millis) {
		TimeSlice slice = slices.at(millis);
		slice.addRequest(7);
		slice.addSamples(ProfileEvent.CPU, 1, 1, 1, StackText.WEIGHT);
		return slice;
	}

	private void assertNothingLost(long expected) {
		assertNothingLost(this.slices, expected, "all");
	}

	private static void assertNothingLost(TimeSlices slices, long expected, String description) {
		LatencyHistogram latencies = new LatencyHistogram();
		CountTable samples = new CountTable();
		slices.all().forEach((slice) -> {
			slice.addLatenciesTo(latencies);
			slice.forEach(ProfileEvent.CPU, 1, (bucket, node, count, weight) -> samples.add(node, count, weight));
		});
		assertThat(latencies.summary().count()).as(description).isEqualTo(expected);
		samples.forEach((node, count, weight) -> assertThat(count).as(description).isEqualTo(expected));
	}

}
