package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application uses the same copy of async-profiler for itself, before this library
 * has loaded it.
 */
class EarlierProfilerIT {

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
	void whenTheApplicationItselfProfilesThenProfilingWaitsAndResumesByItself() throws IOException {
		execute(FOREIGN_SESSION);
		try (ProfiledWork app = app(); Traffic traffic = new Traffic(app, "orders")) {
			app.engine().start();
			EngineStatus status = app.awaitState(EngineState.SUSPENDED);
			assertThat(status.message()).contains("has async-profiler running");
			assertThat(status.advice()).contains("resumes when that has stopped");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			assertThat(isProfiling()).isTrue();
			execute("stop");
			assertThat(app.awaitState(EngineState.ARMED).message()).isNull();
			traffic.isProfiled();
		}
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
