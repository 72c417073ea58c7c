package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.EventTotals;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of twenty endpoints at once, that work and wait for short, random times, each
 * in a method of its own name: nothing that was seen of one may be found at another.
 */
@Tag("quiet")
class WallExactnessIT {

	private static final boolean FULL = Boolean.parseBoolean(System.getProperty("profiled.it.full", "true"));

	private static final int SAMPLES = FULL ? 20_000 : 5_000;

	@TempDir
	Path directory;

	@Test
	void nothingSeenOfAThreadGoesToAnotherEndpoint() throws Exception {
		List<ProfileSnapshot> profiles = profile(64, Thread::new);
		profiles.forEach((profile) -> assertThat(profile.summary().approximateRequests()).isZero());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this JDK has no virtual threads")
	void nothingSeenOfTwoThousandVirtualThreadsGoesToAnotherEndpoint() throws Exception {
		List<ProfileSnapshot> profiles = profile(2_000, virtualThreads());
		long onCpu = 0;
		for (ProfileSnapshot profile : profiles) {
			ProfileSummary summary = profile.summary();
			assertThat(summary.approximateRequests()).isEqualTo(summary.latency().count());
			onCpu += summary.totals(ProfileEvent.CPU).samples();
		}
		// few: the profiler takes many more, but of carriers
		assertThat(onCpu).isPositive();
	}

	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
	}

	private List<ProfileSnapshot> profile(int concurrent, ThreadFactory threads) throws Exception {
		EngineOptions options = new EngineOptions(Duration.ofMillis(1), true, 0, Duration.ZERO, Duration.ofSeconds(1),
				Duration.ofMinutes(5), this.directory,
				new WallOptions(Duration.ofMillis(1), 1, WaitRules.of(Map.of())));
		try (ProfiledWork app = new ProfiledWork(concurrent, options, new InMemoryProfileRepository(20, 5000, 200))) {
			List<ProfiledEndpoint> endpoints = new ArrayList<>();
			for (int i = 0; i < NumberedWork.METHODS.size(); i++) {
				endpoints.add(app.endpoint(NumberedWork.name(i)));
			}
			app.start();
			AtomicBoolean enough = new AtomicBoolean();
			ExecutorService clients = Executors.newCachedThreadPool(threads);
			for (int i = 0; i < concurrent; i++) {
				Random random = new Random(i);
				clients.execute(() -> serve(app, endpoints, random, enough));
			}
			clients.shutdown();
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> app.harvested(() -> samples(app)) > SAMPLES);
			enough.set(true);
			assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
			List<ProfileSnapshot> profiles = new ArrayList<>();
			for (ProfiledEndpoint endpoint : endpoints) {
				ProfileSnapshot profile = app.harvested(() -> app.repository()
					.find(endpoint.name(), new ProfileQuery(ProfileEvent.WALL))
					.orElseThrow());
				NumberedWork.hasOnly(profile, endpoint.name());
				profiles.add(profile);
			}
			return profiles;
		}
	}

	// Of waits alone.
	private static long samples(ProfiledWork app) {
		return app.repository()
			.summaries()
			.stream()
			.mapToLong((summary) -> samples(summary.totals(ProfileEvent.WALL), summary.totals(ProfileEvent.CPU)))
			.sum();
	}

	private static long samples(EventTotals wall, EventTotals cpu) {
		return wall.samples() - cpu.samples();
	}

	private static void serve(ProfiledWork app, List<ProfiledEndpoint> endpoints, Random random, AtomicBoolean enough) {
		while (!enough.get()) {
			int number = random.nextInt(endpoints.size());
			int parts = 1 + random.nextInt(3);
			app.request(endpoints.get(number), () -> NumberedWork.METHODS.get(number).accept(() -> {
				for (int i = 0; i < parts; i++) {
					workOrWait(random);
				}
			}));
		}
	}

	private static void workOrWait(Random random) {
		if (random.nextInt(4) == 0) {
			ProfiledWork.spin();
		}
		else {
			LockSupport.parkNanos(random.nextInt(3_000_000));
		}
	}

}
