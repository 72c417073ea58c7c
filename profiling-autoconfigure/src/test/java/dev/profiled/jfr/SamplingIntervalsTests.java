package dev.profiled.jfr;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link SamplingIntervals}.
 */
class SamplingIntervalsTests {

	private final SamplingIntervals intervals = new SamplingIntervals(20_000_000, 1000, 1_000_000);

	@Test
	void aCpuSampleStandsForTheInterval() {
		assertThat(weigh(ProfileEvent.CPU, 1)).isEqualTo(20_000_000);
		assertThat(weigh(ProfileEvent.CPU, 3)).isEqualTo(60_000_000);
	}

	@ParameterizedTest
	@CsvSource({ "1,1000000", "999999,1000000", "1000000,1000000", "1000001,1000001", "300000000,300000000" })
	void aWaitStandsForItselfOrForTheShorterOnesOfAnInterval(long duration, long weight) {
		assertThat(weigh(ProfileEvent.LOCK, duration)).isEqualTo(weight);
	}

	@Test
	void aSmallObjectStandsForTheIntervalAndALargeOneForItself() {
		assertThat(weigh(ProfileEvent.ALLOC, 16)).isCloseTo(1000, within(10L));
		assertThat(weigh(ProfileEvent.ALLOC, 100_000)).isEqualTo(100_000);
	}

	// Twice the standard error of the sum is below 1 %.
	@ParameterizedTest
	@ValueSource(ints = { 16, 200, 1000, 3000 })
	void sampledAllocationsAddUpToAllOfThem(int size) {
		Random random = new Random(1);
		long objects = 100_000_000 / size;
		long sum = 0;
		double untilSample = exponential(random);
		for (int i = 0; i < objects; i++) {
			untilSample -= size;
			if (untilSample <= 0) {
				sum += weigh(ProfileEvent.ALLOC, size);
				untilSample = exponential(random);
			}
		}
		assertThat((double) sum / objects).isCloseTo(size, within(0.01 * size));
	}

	@Test
	void keepsAllButTheWeight() {
		Sample sample = new Sample(ProfileEvent.LOCK, 7, 8, StackTrace.of(Frame.type("a.Lock")), 9);
		assertThat(this.intervals.weigh(sample)).usingRecursiveComparison().ignoringFields("weight").isEqualTo(sample);
	}

	private double exponential(Random random) {
		return -this.intervals.alloc() * Math.log(1 - random.nextDouble());
	}

	private long weigh(ProfileEvent event, long weight) {
		return this.intervals.weigh(new Sample(event, 1, 1, StackTrace.of(Frame.java("a.B", "c")), weight)).weight();
	}

}
