package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import one.profiler.AsyncProfiler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application, or a tool in it, uses the same copy of async-profiler for itself.
 */
@Tag("any-jdk")
class ForeignProfilerIT {

	private static final String FOREIGN_SESSION = "start,event=cpu,interval=5ms";

	@TempDir
	Path directory;

	@AfterEach
	void stop() throws IOException {
		if (isProfiling()) {
			execute("stop");
		}
	}

	@Test
	void whenSomebodyStopsTheProfilerThenTheStatusSaysSoAndItIsArmedAgain() throws IOException {
		try (ProfiledWork app = app().start(); Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			execute("stop");
			// that is seen when there is something to harvest, or somebody asks
			EngineStatus status = app.harvested(() -> app.awaitState(EngineState.UNAVAILABLE));
			assertThat(status.message()).isEqualTo("Somebody stopped the profiler.");
			assertThat(status.advice()).contains("tried again every few seconds");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			assertThat(app.engine().statistics().failedHarvests()).isOne();
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
			assertThat(traffic.skipped(SkipReason.ARMING)).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenSomebodyTakesTheProfilerOverThenItIsLeftToThem(boolean recording) throws IOException {
		String foreign = FOREIGN_SESSION + (recording ? ",jfr,file=" + this.directory.resolve("theirs.jfr") : "");
		try (ProfiledWork app = app().start(); Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			execute("stop");
			execute(foreign);
			app.harvested(() -> app.awaitState(EngineState.SUSPENDED));
			long samples = app.engine().statistics().attributedSamples();
			long requests = traffic.endpoint().profiledCount();
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			app.engine().harvest(Duration.ofSeconds(20));
			assertThat(isProfiling()).isTrue();
			assertThat(app.engine().statistics().attributedSamples()).isEqualTo(samples);
			assertThat(traffic.endpoint().profiledCount()).isEqualTo(requests);
			execute("stop");
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
		}
	}

	@Test
	void asLongAsSomebodyElseHasTheProfilerThreadsAreLookedAt() throws IOException {
		EngineOptions options = new EngineOptions(Duration.ofMillis(1), true, 0, Duration.ZERO, Duration.ofSeconds(1),
				Duration.ofMinutes(5), this.directory,
				new WallOptions(Duration.ofMillis(5), 0.1, WaitRules.of(Map.of())));
		try (ProfiledWork app = new ProfiledWork(1, options).start(); Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			assertThat(app.repository().summary("orders").orElseThrow().approximateRequests()).isZero();
			execute("stop");
			execute(FOREIGN_SESSION);
			app.harvested(() -> app.awaitState(EngineState.FALLBACK));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(app.engine()::status, (status) -> status.message() != null
						&& status.message().contains("has async-profiler running"));
			assertThat(app.engine().status().state()).isEqualTo(EngineState.FALLBACK);
			traffic.isProfiled();
			assertThat(app.repository().summary("orders").orElseThrow().approximateRequests()).isPositive();
			assertThat(isProfiling()).isTrue();
			execute("stop");
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheApplicationClosesThenTheProfilerOfSomebodyElseGoesOn(boolean recording) throws IOException {
		String foreign = FOREIGN_SESSION + (recording ? ",jfr,file=" + this.directory.resolve("theirs.jfr") : "");
		try (ProfiledWork app = app().start()) {
			assertThat(app.engine().status().state()).isEqualTo(EngineState.ARMED);
			execute("stop");
			execute(foreign);
		}
		assertThat(isProfiling()).isTrue();
	}

	private ProfiledWork app() {
		return new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(1), this.directory));
	}

	private static boolean isProfiling() throws IOException {
		return execute("status").contains("is running");
	}

	private static String execute(String command) throws IOException {
		return AsyncProfiler.getInstance().execute(command);
	}

}
