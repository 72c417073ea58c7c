package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.profiled.profile.ProfileEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfilerSession} with a profiler that only listens.
 */
class ProfilerSessionTests {

	private static final Duration CPU = Duration.ofMillis(20);

	private static final Duration LOCK = Duration.ofMillis(1);

	private final List<String> commands = new ArrayList<>();

	@TempDir
	Path directory;

	private ProfilerSession session;

	@AfterEach
	void close() {
		this.session.close();
	}

	@Test
	void tellsTheIntervalOfEachEvent() {
		arm(ProfiledWork.options(CPU, 524_288, LOCK, this.directory), "17.0.11");
		assertThat(this.session.status().intervals()).containsOnlyKeys(ProfileEvent.CPU, ProfileEvent.ALLOC,
				ProfileEvent.LOCK);
		assertThat(this.session.status().intervals()).containsEntry(ProfileEvent.ALLOC, 524_288L)
			.containsEntry(ProfileEvent.LOCK, 1_000_000L);
		assertThat(this.session.status().limits()).noneMatch((limit) -> limit.contains("Allocations"));
	}

	@Test
	void leavesOutWhatIsOff() {
		arm(ProfiledWork.options(CPU, 0, Duration.ZERO, this.directory), "17.0.10");
		assertThat(this.session.status().intervals()).containsOnlyKeys(ProfileEvent.CPU);
		assertThat(this.session.status().limits()).noneMatch((limit) -> limit.contains("Allocations"));
	}

	@Test
	void whenSamplingAllocationsMayCrashTheJdkThenItIsLeftOutAndSaysWhatToDo() {
		arm(ProfiledWork.options(CPU, 524_288, LOCK, this.directory), "17.0.10");
		assertThat(this.commands.get(0)).startsWith("start,").contains("lock=1000000").doesNotContain("alloc=");
		assertThat(this.session.status().intervals()).containsOnlyKeys(ProfileEvent.CPU, ProfileEvent.LOCK);
		assertThat(this.session.status().limits()).anySatisfy((limit) -> assertThat(limit)
			.contains("Allocations are not sampled", "JDK 17.0.10", "run the application on JDK 17.0.11, 21.0.3"));
	}

	@Test
	void saysWhereLargeArraysHaveTooFewSamples() {
		arm(ProfiledWork.options(CPU, 524_288, LOCK, this.directory), "21.0.11");
		assertThat(this.session.status().limits()).anySatisfy((limit) -> assertThat(limit)
			.contains("Large arrays have too few samples of allocations", "on JDK 21", "JDK 25 or later"));
	}

	@ParameterizedTest
	@CsvSource({ "524288, 25", "0, 21.0.11" })
	void saysNothingOfLargeArraysWhereTheyHaveTheirSamplesOrNoneAreTaken(long interval, String jdk) {
		arm(ProfiledWork.options(CPU, interval, LOCK, this.directory), jdk);
		assertThat(this.session.status().limits()).noneMatch((limit) -> limit.contains("arrays"));
	}

	private void arm(EngineOptions options, String jdk) {
		this.session = new ProfilerSession(options, new Listening(), new ProfilerOwnership(), Long.MAX_VALUE,
				Runtime.Version.parse(jdk));
		this.session.arm();
		assertThat(this.session.isArmed()).isTrue();
	}

	private final class Listening implements ProfilerLoader {

		@Override
		public boolean isLoaded() {
			return false;
		}

		@Override
		public NativeProfiler load() {
			return (command) -> {
				ProfilerSessionTests.this.commands.add(command);
				return "";
			};
		}

	}

}
