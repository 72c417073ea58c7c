package dev.profiled.engine;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import one.profiler.AsyncProfiler;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Arming, idling, failing and closing.
 */
class LifecycleIT {

	private static final Duration INTERVAL = Duration.ofMillis(1);

	private static final Duration RETRY = Duration.ofMillis(20);

	@TempDir
	Path directory;

	@Test
	void whenNothingIsCalledForAWhileThenTheSessionIsDisarmedUntilTheNextRequest() {
		try (ProfiledWork app = new ProfiledWork(1, idlingAfter(Duration.ofSeconds(1))).start()) {
			ProfiledEndpoint endpoint = app.endpoint("rare");
			app.awaitState(EngineState.IDLE);
			assertThat(ProfiledWork.recordings(this.directory)).isEmpty();
			long begun = System.nanoTime();
			assertThat(app.request(endpoint, () -> {
			})).isFalse();
			assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMillis(50).toNanos());
			assertThat(endpoint.skippedCount(SkipReason.ARMING)).isOne();
			app.awaitState(EngineState.ARMED);
			assertThat(app.request(endpoint, () -> burn(Duration.ofMillis(100)))).isTrue();
			assertThat(app.profile("rare").summary().latency().count()).isOne();
			assertThat(app.profile("rare").tree().samples()).isPositive();
			app.awaitState(EngineState.IDLE);
		}
	}

	@Test
	void whenARequestTakesLongerThanTheIdleTimeoutThenTheSessionStaysArmed() {
		try (ProfiledWork app = new ProfiledWork(1, idlingAfter(Duration.ofMillis(500))).start()) {
			ProfiledEndpoint endpoint = app.endpoint("long");
			assertThat(app.request(endpoint, () -> burn(Duration.ofSeconds(4)))).isTrue();
			assertThat(app.profile("long").summary().latency().count()).isOne();
			// harvests are frequent here, and cost samples
			long skipped = app.engine().statistics().skippedSamples() * INTERVAL.toNanos();
			assertThat((double) app.profile("long").tree().weight() + skipped).isGreaterThan(3.8e9);
			assertThat(endpoint.skippedCount(SkipReason.ARMING)).isZero();
			app.awaitState(EngineState.IDLE);
		}
	}

	@Test
	void whenThereIsLittleToHarvestThenThatWaitsAndWhenThereIsMuchItDoesNot() {
		try (ProfiledWork app = new ProfiledWork(1, idlingAfter(Duration.ofMinutes(5))).start()) {
			ProfiledEndpoint endpoint = app.endpoint("orders");
			AtomicInteger served = new AtomicInteger();
			Awaitility.await().until(() -> app.engine().statistics().harvests() == 1);
			Awaitility.await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> {
				app.request(endpoint, served::incrementAndGet);
				return app.engine().statistics().harvests() == 1;
			});
			assertThat(served).hasPositiveValue();
			while (served.get() < HarvestSchedule.MANY) {
				app.request(endpoint, served::incrementAndGet);
			}
			Awaitility.await().until(() -> app.engine().statistics().harvests() == 2);
			assertThat(endpoint.profiledCount()).isEqualTo(HarvestSchedule.MANY);
		}
	}

	@Test
	void whenNoHarvestIsDueThenRequestsAreFetchedAllTheSame() {
		EngineOptions options = new EngineOptions(INTERVAL, true, 0, Duration.ZERO, Duration.ofMinutes(1),
				Duration.ofMinutes(5), this.directory, WallOptions.OFF);
		try (ProfiledWork app = new ProfiledWork(1, options).start()) {
			ProfiledEndpoint endpoint = app.endpoint("orders");
			Awaitility.await().until(() -> app.engine().statistics().harvests() == 1);
			AtomicInteger served = new AtomicInteger();
			while (app.request(endpoint, served::incrementAndGet)) {
				// until no more are kept for the thread
			}
			assertThat(endpoint.skippedCount(SkipReason.LOST)).isOne();
			Awaitility.await().until(() -> app.request(endpoint, served::incrementAndGet));
			assertThat(app.engine().statistics().harvests()).isOne();
			long lost = endpoint.skippedCount(SkipReason.LOST);
			assertThat(app.profile("orders").summary().latency().count()).isEqualTo(served.get() - lost);
		}
	}

	@Test
	void whenItIsClosedThenNoThreadAndNoFileIsLeft() {
		for (int i = 0; i < 20; i++) {
			ProfiledWork app = new ProfiledWork(1, ProfiledWork.options(INTERVAL, this.directory)).start();
			ProfiledEndpoint endpoint = app.endpoint("orders");
			assertThat(app.request(endpoint, () -> burn(Duration.ofMillis(5)))).isTrue();
			app.close();
			app.close();
			assertThat(app.request(endpoint, () -> {
			})).isFalse();
			assertThat(endpoint.skippedCount(SkipReason.UNAVAILABLE)).isOne();
			assertThat(app.engine().status().state()).isEqualTo(EngineState.OFF);
			assertThat(app.engine().harvest(Duration.ofSeconds(1))).isFalse();
			app.engine().start();
			assertThat(app.engine().status().state()).isEqualTo(EngineState.OFF);
			assertThat(this.directory).isEmptyDirectory();
		}
		awaitNoHarvester();
	}

	@Test
	void whenTheThreadThatClosesItCannotWaitThenTheSessionEndsAllTheSame() {
		CountDownLatch closing = new CountDownLatch(1);
		ProfilerLoader loader = loader(() -> {
			awaitLatch(closing);
			return ProfilerLoader.DEFAULT.load();
		});
		Harvester harvester = harvester(loader, new ProfilingGate(), new InMemoryProfileRepository(1, 1, 1),
				new ArrayList<>());
		Awaitility.await().until(() -> harvester.status().state() == EngineState.ARMING);
		Thread.currentThread().interrupt();
		harvester.close();
		assertThat(Thread.interrupted()).isTrue();
		closing.countDown();
		awaitNoHarvester();
		assertThat(harvester.status().state()).isEqualTo(EngineState.OFF);
		assertThat(this.directory).isEmptyDirectory();
		try (ProfiledWork next = new ProfiledWork(1, ProfiledWork.options(INTERVAL, this.directory)).start()) {
			assertThat(next.request(next.endpoint("orders"), () -> {
			})).isTrue();
		}
	}

	@Test
	void whenThePlatformLacksTheProfilerThenRequestsGoOnAndItIsTriedAndToldOnce() {
		ProfilingGate gate = new ProfilingGate();
		AtomicLong attempts = new AtomicLong();
		ProfilerLoader loader = loader(() -> {
			attempts.incrementAndGet();
			throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.PLATFORM, "No profiler here.",
					"Go elsewhere.");
		});
		List<LogRecord> warnings = new ArrayList<>();
		Harvester harvester = harvester(loader, gate, new InMemoryProfileRepository(1, 1, 1), warnings);
		Awaitility.await().until(() -> gate.state() == ProfilingGate.State.UNAVAILABLE);
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		ProfiledEndpoint endpoint = endpoints.register("orders", () -> 0);
		RequestProfiler requests = new RequestProfiler(gate, new ProfilingSlots(1, endpoints));
		Awaitility.await().during(RETRY.multipliedBy(20)).until(() -> {
			assertThat(requests.open(endpoint, false)).isNull();
			return attempts.get() == 1;
		});
		harvester.add(new Context("invoices", UnaryOperator.identity()).client);
		Awaitility.await().until(() -> attempts.get() == 2);
		EngineStatus status = harvester.status();
		harvester.close();
		assertThat(status.state()).isEqualTo(EngineState.UNAVAILABLE);
		assertThat(status.message()).isEqualTo("No profiler here.");
		assertThat(status.advice()).isEqualTo("Go elsewhere.");
		assertThat(endpoint.skippedCount(SkipReason.UNAVAILABLE)).isPositive();
		assertThat(warnings).filteredOn((warning) -> warning.getLevel() == Level.WARNING).hasSize(1);
	}

	@Test
	void whenTheProfilerCannotRunThenItIsTriedAgainLessAndLessAndTheStatusGoesOnTellingWhy() {
		List<Long> attempts = new CopyOnWriteArrayList<>();
		List<EngineStatus> during = new CopyOnWriteArrayList<>();
		AtomicReference<ProfilerSession> session = new AtomicReference<>();
		ProfilerLoader loader = loader(() -> {
			attempts.add(System.nanoTime());
			during.add(session.get().status());
			if (attempts.size() < 15) {
				throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.ENVIRONMENT, "Not now.",
						"Wait.");
			}
			return ProfilerLoader.DEFAULT.load();
		});
		EngineOptions options = ProfiledWork.options(INTERVAL, this.directory);
		session.set(new ProfilerSession(options, loader, new ProfilerOwnership()));
		Harvester harvester = new Harvester(options, session.get(), RETRY);
		harvester.add(new Context("orders", UnaryOperator.identity()).client);
		Awaitility.await().until(() -> harvester.status().state() == EngineState.ARMED);
		assertThat(harvester.status().message()).isNull();
		harvester.close();
		assertThat(during).extracting(EngineStatus::state).first().isEqualTo(EngineState.ARMING);
		assertThat(during.subList(1, 15)).extracting(EngineStatus::state, EngineStatus::message)
			.containsOnly(tuple(EngineState.UNAVAILABLE, "Not now."));
		long patient = RETRY.multipliedBy(12).toNanos();
		assertThat(attempts.get(12) - attempts.get(0)).isLessThan(12 * patient);
		// a pause begins somewhere between two attempts
		assertThat(attempts.get(13) - attempts.get(11)).isGreaterThanOrEqualTo(patient);
		assertThat(attempts.get(14) - attempts.get(12)).isGreaterThanOrEqualTo(patient);
	}

	@Test
	void whenTheSameHappensAgainThenItIsToldAgain() throws IOException {
		List<LogRecord> warnings = new ArrayList<>();
		ProfilingGate gate = new ProfilingGate();
		Harvester harvester = harvester(ProfilerLoader.DEFAULT, gate, new InMemoryProfileRepository(1, 1, 1), warnings);
		for (int i = 1; i <= 2; i++) {
			Awaitility.await().until(() -> gate.state() == ProfilingGate.State.OPEN);
			assertThat(harvester.harvest(Duration.ofSeconds(20))).isTrue();
			AsyncProfiler.getInstance().execute("stop");
			assertThat(harvester.harvest(Duration.ofSeconds(20))).isTrue();
			assertThat(warnings).hasSize(i)
				.last()
				.extracting(LogRecord::getParameters)
				.asInstanceOf(InstanceOfAssertFactories.ARRAY)
				.contains("Somebody stopped the profiler.");
		}
		harvester.close();
	}

	@Test
	void whenTheRecordingGrowsTooLargeThenAnotherIsBegun() {
		Context context = new Context("orders", UnaryOperator.identity());
		EngineOptions options = ProfiledWork.options(INTERVAL, this.directory);
		Harvester harvester = new Harvester(options,
				new ProfilerSession(options, ProfilerLoader.DEFAULT, new ProfilerOwnership(), 1, Runtime.version()),
				RETRY);
		harvester.add(context.client);
		Awaitility.await().until(() -> context.gate.state() == ProfilingGate.State.OPEN);
		for (int i = 0; i < 10; i++) {
			context.serve();
			assertThat(harvester.harvest(Duration.ofSeconds(20))).isTrue();
		}
		assertThat(harvester.statistics().failed()).isZero();
		assertThat(harvester.status().state()).isEqualTo(EngineState.ARMED);
		assertThat(context.endpoint.profiledCount()).isEqualTo(10);
		assertThat(ProfiledWork.recordings(this.directory)).hasSize(1);
		harvester.close();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenTheHarvestOfOneContextFailsThenOthersHaveTheirsAndTheNextDoesNot() {
		AtomicBoolean failed = new AtomicBoolean();
		EngineOptions options = ProfiledWork.options(INTERVAL, this.directory);
		Harvester harvester = new Harvester(options,
				new ProfilerSession(options, ProfilerLoader.DEFAULT, new ProfilerOwnership()), RETRY);
		Context first = new Context("orders", (repository) -> FailingOnce.around(repository, failed));
		Context second = new Context("invoices", UnaryOperator.identity());
		harvester.add(first.client);
		harvester.add(second.client);
		Awaitility.await().until(() -> second.gate.state() == ProfilingGate.State.OPEN);
		first.serve();
		second.serve();
		assertThat(harvester.harvest(Duration.ofSeconds(20))).isTrue();
		assertThat(failed).isTrue();
		assertThat(first.endpoint.profiledCount()).isZero();
		assertThat(second.endpoint.profiledCount()).isOne();
		first.serve();
		assertThat(harvester.harvest(Duration.ofSeconds(20))).isTrue();
		assertThat(first.endpoint.profiledCount()).isOne();
		harvester.close();
	}

	@Test
	void recordingsHoldNoSecretsAndAreTheOwnersAlone() throws Exception {
		Path directory = Files.createDirectory(this.directory.resolve("recordings"));
		try (ChildJvm application = ChildJvm.start(List.of("-Dsecret=from-the-options"), directory)) {
			application.awaitState(EngineState.ARMED);
			application.execute("profiled -");
			assertThat(ProfiledWork.recordings(directory)).hasSize(1).allSatisfy((recording) -> {
				String bytes = Files.readString(recording, StandardCharsets.ISO_8859_1);
				assertThat(bytes).contains("ChildMain")
					.doesNotContain("from-the-options", "from-the-environment", "-Dsecret", "PT0.001S");
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording.getParent())))
					.isEqualTo("rwx------");
			});
		}
		assertThat(directory).isEmptyDirectory();
	}

	private static void awaitNoHarvester() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("profiled-harvester"));
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private EngineOptions idlingAfter(Duration timeout) {
		return new EngineOptions(INTERVAL, true, 0, Duration.ZERO, Duration.ofMillis(250), timeout, this.directory,
				WallOptions.OFF);
	}

	private static void burn(Duration cpuTime) {
		ProfiledWork.burn(ProfiledWork.cpuTime() + cpuTime.toNanos(), new AtomicLong());
	}

	private Harvester harvester(ProfilerLoader loader, ProfilingGate gate, ProfileRepository repository,
			List<LogRecord> warnings) {
		Logger.getLogger(Harvester.class.getName()).addHandler(new Handler() {

			@Override
			public void publish(LogRecord warning) {
				warnings.add(warning);
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		});
		EngineOptions options = ProfiledWork.options(INTERVAL, this.directory);
		Harvester harvester = new Harvester(options, new ProfilerSession(options, loader, new ProfilerOwnership()),
				RETRY);
		harvester.add(new HarvestClient(new RequestProfiler(gate, new ProfilingSlots(1, new ProfiledEndpoints())),
				repository));
		return harvester;
	}

	private static ProfilerLoader loader(Loading loading) {
		return new ProfilerLoader() {

			@Override
			public boolean isLoaded() {
				return false;
			}

			@Override
			public NativeProfiler load() throws ProfilerUnavailableException {
				return loading.load();
			}

		};
	}

	/**
	 * What a {@link ProfilerLoader} does.
	 */
	private interface Loading {

		NativeProfiler load() throws ProfilerUnavailableException;

	}

	/**
	 * An application context with one endpoint.
	 */
	private static final class Context {

		private final ProfilingGate gate = new ProfilingGate();

		private final ProfiledEndpoint endpoint;

		private final RequestProfiler requests;

		private final HarvestClient client;

		Context(String name, UnaryOperator<ProfileRepository> around) {
			ProfiledEndpoints endpoints = new ProfiledEndpoints();
			InMemoryProfileRepository repository = new InMemoryProfileRepository(10, 100, 100);
			repository.register(new Endpoint(name, List.of(), List.of()));
			this.endpoint = endpoints.register(name, () -> 0);
			this.requests = new RequestProfiler(this.gate, new ProfilingSlots(1, endpoints));
			this.client = new HarvestClient(this.requests, around.apply(repository));
		}

		void serve() {
			RequestWindow window = this.requests.open(this.endpoint, false);
			assertThat(window).isNotNull();
			burn(Duration.ofMillis(50));
			this.requests.close(window);
		}

	}

	/**
	 * A repository that fails the first time something is recorded.
	 */
	private static final class FailingOnce {

		static ProfileRepository around(ProfileRepository repository, AtomicBoolean failed) {
			return (ProfileRepository) Proxy.newProxyInstance(LifecycleIT.class.getClassLoader(),
					new Class<?>[] { ProfileRepository.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("record") && failed.compareAndSet(false, true)) {
							throw new StackOverflowError("the repository failed");
						}
						return method.invoke(repository, arguments);
					});
		}

	}

}
