package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.attribution.Pauses;
import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.jfr.JfrChunk;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty endpoints, each with a method of its own name, served by 64 threads at once: no
 * sample may go to another endpoint than that of its method, and hardly one to none.
 */
@Tag("quiet")
class ExactnessIT {

	private static final boolean FULL = Boolean.parseBoolean(System.getProperty("profiled.it.full", "true"));

	private static final int SAMPLES = FULL ? 50_000 : 5_000;

	private static final Map<ProfileEvent, Integer> AT_LEAST = Map.of(ProfileEvent.CPU, SAMPLES, ProfileEvent.ALLOC,
			SAMPLES / 10, ProfileEvent.LOCK, SAMPLES / 10);

	private static final int THREADS = 64;

	private static final AtomicLong SPENT = new AtomicLong();

	private static final Object MONITOR = new Object();

	private static final ReentrantLock LOCK = new ReentrantLock();

	private static volatile byte[] garbage = {};

	@TempDir
	Path directory;

	@Test
	void noSampleGoesToAnotherEndpointAndHardlyOneToNone() throws Exception {
		EngineOptions options = ProfiledWork.options(Duration.ofMillis(1), 16 << 10, Duration.ofMillis(1),
				this.directory);
		try (ProfiledWork app = new ProfiledWork(THREADS, options)) {
			List<ProfiledEndpoint> endpoints = new ArrayList<>();
			for (int i = 0; i < NumberedWork.METHODS.size(); i++) {
				endpoints.add(app.endpoint(NumberedWork.name(i)));
			}
			ProfilerSession session = new ProfilerSession(options, ProfilerLoader.DEFAULT, new ProfilerOwnership());
			session.arm();
			app.open();
			AtomicBoolean enough = new AtomicBoolean();
			List<Thread> threads = serve(app, endpoints, enough);
			Map<ProfileEvent, Long> missed = harvestUntilServed(app, session, threads, enough);
			session.close();
			AT_LEAST.forEach((event, samples) -> {
				long attributed = 0;
				for (ProfiledEndpoint endpoint : endpoints) {
					ProfileSnapshot profile = app.profile(endpoint.name(), event);
					NumberedWork.hasOnly(profile, endpoint.name());
					attributed += profile.tree().samples();
				}
				assertThat(attributed).as("%s", event).isGreaterThanOrEqualTo(samples);
				assertThat(missed.getOrDefault(event, 0L)).as("%s", event).isLessThan(attributed / 200);
			});
		}
	}

	private static List<Thread> serve(ProfiledWork app, List<ProfiledEndpoint> endpoints, AtomicBoolean enough) {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(i);
			Thread thread = new Thread(() -> {
				while (!enough.get()) {
					int next = random.nextInt(NumberedWork.METHODS.size());
					long until = ProfiledWork.cpuTime() + 200_000 + random.nextInt(4_800_000);
					app.request(endpoints.get(next), () -> NumberedWork.METHODS.get(next).accept(() -> work(until)));
				}
			});
			thread.start();
			threads.add(thread);
		}
		return threads;
	}

	// What the harvester does, but for counting the work that no request claims.
	private static Map<ProfileEvent, Long> harvestUntilServed(ProfiledWork app, ProfilerSession session,
			List<Thread> threads, AtomicBoolean enough) throws InterruptedException {
		HarvestClient client = new HarvestClient(app.requests(), app.repository());
		Map<ProfileEvent, Long> missed = new EnumMap<>(ProfileEvent.class);
		Map<ProfileEvent, Long> all = new EnumMap<>(ProfileEvent.class);
		boolean served = false;
		while (!served) {
			served = threads.stream().noneMatch(Thread::isAlive);
			List<JfrChunk> chunks = session.harvest();
			List<Sample> samples = new ArrayList<>();
			chunks.forEach((chunk) -> samples.addAll(chunk.samples()));
			samples.forEach((sample) -> all.merge(sample.event(), 1L, Long::sum));
			client.attribute(samples, Pauses.NONE)
				.stream()
				.filter((sample) -> NumberedWork.isWork(sample.stack()))
				.forEach((sample) -> missed.merge(sample.event(), 1L, Long::sum));
			client.settle(session.coverage(), chunks.get(0).start(), 0, Sampling.CPU_ONLY);
			enough.set(AT_LEAST.entrySet()
				.stream()
				.allMatch((least) -> all.getOrDefault(least.getKey(), 0L) > least.getValue() * 1.05));
			threads.get(0).join(500);
		}
		return missed;
	}

	// Burns, allocates, and waits for others.
	private static void work(long until) {
		for (int i = 0; i < 4; i++) {
			garbage = new byte[16_000];
			synchronized (MONITOR) {
				ProfiledWork.burn(ProfiledWork.cpuTime() + 10_000, SPENT);
			}
			LOCK.lock();
			try {
				ProfiledWork.burn(ProfiledWork.cpuTime() + 10_000, SPENT);
			}
			finally {
				LOCK.unlock();
			}
		}
		ProfiledWork.burn(until, SPENT);
	}

}
