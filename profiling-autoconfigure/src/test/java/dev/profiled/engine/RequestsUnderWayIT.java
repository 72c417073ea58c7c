package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Requests and threads that begin and end at any moment of a session.
 */
@Tag("quiet")
class RequestsUnderWayIT {

	private final AtomicLong spent = new AtomicLong();

	@TempDir
	Path directory;

	@Test
	void whenARequestIsOpenOverManyHarvestsThenItsSamplesAreThereOnceButForThoseSkipped() throws InterruptedException {
		try (ProfiledWork app = app(1).start()) {
			ProfiledEndpoint endpoint = app.endpoint("long");
			Thread thread = burn(app, endpoint, Duration.ofSeconds(2));
			long harvests = app.engine().statistics().harvests();
			while (thread.isAlive()) {
				assertThat(app.engine().harvest(Duration.ofSeconds(20))).isTrue();
				thread.join(100);
			}
			ProfileSnapshot profile = app.profile("long");
			assertThat(app.engine().statistics().harvests() - harvests).isGreaterThan(10);
			assertThat(profile.summary().latency().count()).isOne();
			assertThat(endpoint.profiledCount()).isOne();
			// nothing twice, and what is missing was counted
			long skipped = app.engine().statistics().skippedSamples() * app.engine().status().interval();
			assertThat((double) profile.tree().weight()).isBetween(0.95 * this.spent.get() - skipped,
					1.05 * this.spent.get());
			assertThat(app.engine().statistics().attributedSamples()).isEqualTo(profile.tree().samples());
		}
	}

	@Test
	void whileARequestIsUnderWayItsSamplesAreToldApart() throws InterruptedException {
		try (ProfiledWork app = app(1).start()) {
			Thread thread = burn(app, app.endpoint("long"), Duration.ofSeconds(1));
			Awaitility.await().until(() -> app.harvested(() -> app.engine().statistics().inFlightSamples() > 100));
			assertThat(app.engine().statistics().inFlightRequests()).isOne();
			assertThat(app.profile("long").tree().samples()).isZero();
			thread.join();
			assertThat(app.profile("long").tree().samples()).isGreaterThan(100);
			assertThat(app.engine().statistics().inFlightRequests()).isZero();
			assertThat(app.engine().statistics().inFlightSamples()).isZero();
		}
	}

	@Test
	void whenAProfileIsResetThenARequestUnderWayIsDropped() throws InterruptedException {
		try (ProfiledWork app = app(1).start()) {
			Thread thread = burn(app, app.endpoint("reset"), Duration.ofSeconds(1));
			Awaitility.await().until(() -> app.harvested(() -> app.engine().statistics().inFlightSamples() > 100));
			app.repository().reset("reset");
			thread.join();
			ProfileSnapshot profile = app.profile("reset");
			assertThat(profile.summary().latency().count()).isZero();
			assertThat(profile.tree().samples()).isZero();
			assertThat(app.engine().statistics().discardedSamples())
				.isEqualTo(app.engine().statistics().attributedSamples());
			burn(app, app.endpoint("reset"), Duration.ofMillis(100)).join();
			assertThat(app.profile("reset").summary().latency().count()).isOne();
		}
	}

	@Test
	void whenAThreadEndsInsideARequestThenItsPlaceIsGivenBack() throws InterruptedException {
		try (ProfiledWork app = app(1).start()) {
			ProfiledEndpoint endpoint = app.endpoint("lost");
			Thread thread = new Thread(() -> app.requests().open(endpoint, false));
			thread.start();
			thread.join();
			assertThat(app.request(endpoint, this::work)).isFalse();
			assertThat(endpoint.skippedCount(SkipReason.BUSY)).isOne();
			assertThat(app.engine().harvest(Duration.ofSeconds(20))).isTrue();
			assertThat(app.request(endpoint, this::work)).isTrue();
			assertThat(app.engine().harvest(Duration.ofSeconds(20))).isTrue();
			assertThat(endpoint.skippedCount(SkipReason.LOST)).isOne();
			assertThat(endpoint.profiledCount()).isOne();
		}
	}

	@Test
	void samplesThatTheProfilerCannotTakeWhileItHandsOthersOverAreCounted() throws InterruptedException {
		try (ProfiledWork app = app(1).start()) {
			Thread thread = burn(app, app.endpoint("long"), Duration.ofSeconds(3));
			while (thread.isAlive()) {
				assertThat(app.engine().harvest(Duration.ofSeconds(20))).isTrue();
			}
			assertThat(app.engine().statistics().skippedSamples()).isPositive();
		}
	}

	@Test
	void whenEveryRequestHasAThreadOfItsOwnThenNoneIsMissing() throws InterruptedException {
		int requests = 600;
		try (ProfiledWork app = app(64).start()) {
			ProfiledEndpoint endpoint = app.endpoint("threads");
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < requests; i++) {
				Thread thread = burn(app, endpoint, Duration.ofMillis(5));
				threads.add(thread);
				if (i >= 8) {
					threads.get(i - 8).join();
				}
			}
			for (Thread thread : threads) {
				thread.join();
			}
			ProfileSnapshot profile = app.profile("threads");
			assertThat(profile.summary().latency().count()).isEqualTo(requests);
			assertThat(endpoint.profiledCount()).isEqualTo(requests);
			assertThat((double) profile.tree().weight()).isCloseTo(this.spent.get(), within(0.15 * this.spent.get()));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Java has virtual threads from 21 on")
	void requestsOnVirtualThreadsAreRefusedAndCounted() throws Exception {
		try (ProfiledWork app = app(1).start()) {
			ProfiledEndpoint endpoint = app.endpoint("virtual");
			for (int i = 0; i < 20; i++) {
				Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
					.invoke(null, (Runnable) () -> app.request(endpoint, RequestsUnderWayIT::spin));
				thread.join();
			}
			assertThat(endpoint.skippedCount(SkipReason.VIRTUAL_THREAD)).isEqualTo(20);
			assertThat(app.profile("virtual").tree().samples()).isZero();
			assertThat(app.engine().statistics().attributedSamples()).isZero();
		}
	}

	private ProfiledWork app(int places) {
		return new ProfiledWork(places, ProfiledWork.options(Duration.ofMillis(1), this.directory));
	}

	private Thread burn(ProfiledWork app, ProfiledEndpoint endpoint, Duration cpuTime) {
		Thread thread = new Thread(() -> app.request(endpoint,
				() -> ProfiledWork.burn(ProfiledWork.cpuTime() + cpuTime.toNanos(), this.spent)));
		thread.start();
		return thread;
	}

	private void work() {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 5_000_000, this.spent);
	}

	// A virtual thread has no CPU clock.
	private static void spin() {
		long end = System.nanoTime() + 5_000_000;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
