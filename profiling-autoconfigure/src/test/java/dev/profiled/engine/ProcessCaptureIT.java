package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Captures of the whole process, of threads that burn a known CPU time.
 */
class ProcessCaptureIT {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	@Test
	void allThreadsAreInItFromItsBeginningToItsEnd() throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options())) {
			AtomicLong mine = new AtomicLong();
			AtomicLong others = new AtomicLong();
			ProfiledEndpoint endpoint = app.endpoint("orders");
			// arms the session: nothing is annotated
			try (ProcessCapture first = app.engine().capture("first", LONGEST, false)) {
				before();
				try (ProcessCapture capture = app.engine().capture("second", LONGEST, false)) {
					Thread other = new Thread(() -> inOtherThread(others));
					other.start();
					app.request(endpoint, () -> inRequest(mine));
					other.join();
					ProcessProfile profile = capture.end();
					after();
					CallTree tree = profile.samples().callTree(ProfileEvent.CPU);
					assertThat(profile.gaps()).isFalse();
					assertThat(weight(tree, "after")).isZero();
					assertThat(profile.length()).isGreaterThan(500_000_000L);
					assertThat((double) weight(tree, "inOtherThread") / others.get()).isCloseTo(1, within(0.1));
					assertThat((double) weight(tree, "inRequest") / mine.get()).isCloseTo(1, within(0.1));
					assertThat(weight(tree, "before")).isZero();
					assertThat(weight(first.end().samples().callTree(ProfileEvent.CPU), "before")).isPositive();
				}
			}
			assertThat((double) app.profile("orders").tree().weight() / mine.get()).as("the request's own")
				.isCloseTo(1, within(0.1));
			assertThat(app.engine().captures()).isEmpty();
		}
	}

	@Test
	void threadsOfTheJvmAreInIt() throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options());
				ProcessCapture capture = app.engine().capture("collector", LONGEST, false)) {
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
				System.gc();
				app.engine().harvest(LONGEST);
				return app.engine().statistics().unattributedSamples() > 50;
			});
			CallTree tree = capture.end().samples().callTree(ProfileEvent.CPU);
			assertThat(tree.frames()).anyMatch((frame) -> frame.name().contains("GCTaskThread")
					|| frame.name().contains("WorkerThread") || frame.name().contains("GangWorker"));
		}
	}

	@Test
	void theSessionStaysArmedUntilTheCaptureHasEnded() throws Exception {
		EngineOptions options = new EngineOptions(Duration.ofMillis(1), true, 0, Duration.ZERO, Duration.ofSeconds(1),
				Duration.ofSeconds(1), this.directory, WallOptions.OFF);
		try (ProfiledWork app = new ProfiledWork(1, options)) {
			app.start();
			app.awaitState(EngineState.IDLE);
			try (ProcessCapture capture = app.engine().capture("long", LONGEST, false)) {
				ProfiledWork.burn(ProfiledWork.cpuTime() + 4_000_000_000L, new AtomicLong());
				ProcessProfile profile = capture.end();
				assertThat(profile.gaps()).isFalse();
				assertThat((double) weight(profile.samples().callTree(ProfileEvent.CPU), "burn") / 4e9).isCloseTo(1,
						within(0.1));
			}
			app.awaitState(EngineState.IDLE);
		}
	}

	@Test
	void whatInterruptsTheSessionIsAGap() throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options());
				ProcessCapture capture = app.engine().capture("cut", LONGEST, false)) {
			ProfilerLoader.DEFAULT.load().execute(ProfilerCommand.STOP);
			assertThat(capture.end().gaps()).isTrue();
		}
	}

	@Test
	void aCaptureThatIsForgottenIsGivenUp() throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options())) {
			app.engine().capture("one", Duration.ofMillis(1), false);
			app.engine().capture("other", LONGEST, false).close();
			Awaitility.await().until(() -> app.engine().captures().isEmpty());
		}
	}

	@Test
	void thereAreNoMoreThanTwo() throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options());
				ProcessCapture one = app.engine().capture("one", LONGEST, false);
				ProcessCapture other = app.engine().capture("other", LONGEST, false)) {
			assertThat(app.engine().captures()).containsExactly(one, other);
			assertThatExceptionOfType(CaptureRefusedException.class)
				.isThrownBy(() -> app.engine().capture("third", LONGEST, false))
				.matches(CaptureRefusedException::isBusy);
		}
	}

	@Test
	void whereTheProfilerCannotRunThereIsNone() {
		try (ProfiledWork app = new ProfiledWork(1, options(), new InMemoryProfileRepository(1, 1, 1),
				ProfiledWork.UNLOADABLE)) {
			assertThatExceptionOfType(CaptureRefusedException.class)
				.isThrownBy(() -> app.engine().capture("one", LONGEST, false))
				.matches((ex) -> !ex.isBusy());
		}
	}

	private EngineOptions options() {
		return ProfiledWork.options(Duration.ofMillis(1), this.directory);
	}

	private static long weight(CallTree tree, String method) {
		long[] totals = tree.totalWeight();
		long weight = 0;
		for (int node = 1; node < tree.nodeCount(); node++) {
			if (tree.frame(node).methodName().equals(method)) {
				weight += totals[node];
			}
		}
		return weight;
	}

	private static void before() {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 300_000_000, new AtomicLong());
	}

	private static void after() {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 300_000_000, new AtomicLong());
	}

	private static void inRequest(AtomicLong spent) {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 500_000_000, spent);
	}

	private static void inOtherThread(AtomicLong spent) {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 1_000_000_000, spent);
	}

}
