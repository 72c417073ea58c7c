package dev.profiled.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Long traffic of everything that could pile up: more endpoints and distinct stacks than
 * there is room for, threads that come and go, windows inside others or left behind,
 * resets and harvests at any moment.
 */
@Tag("any-jdk")
@Tag("quiet")
class SoakIT {

	private static final boolean FULL = Boolean.parseBoolean(System.getProperty("profiled.it.full", "true"));

	private static final Duration PHASE = Duration.ofSeconds(FULL ? 15 : 5);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_ENDPOINTS = 20;

	private static final int MAX_STACKS = 150;

	/**
	 * A tenth as many again end where the bound cut them off, and one at the root.
	 */
	private static final int TRUNCATED_STACKS = MAX_STACKS / 10 + 1;

	private static final int ENDPOINTS = 30;

	/**
	 * What a full repository holds: 16 nodes a stack of 20 bytes each, and four counts a
	 * stack of 24 bytes each, in arrays that may be twice as large.
	 */
	private static final long REPOSITORY_BYTES = 2L * MAX_ENDPOINTS * MAX_STACKS * (16 * 20 + 4 * 24);

	/**
	 * What the process may grow by beside its heap: among others, by the stacks that the
	 * profiler knows.
	 */
	private static final long NATIVE_BYTES = 128 << 20;

	private final AtomicLong requests = new AtomicLong();

	@TempDir
	Path directory;

	@Test
	void nothingPilesUpAndProfilesStayTrue() throws InterruptedException {
		InMemoryProfileRepository repository = new InMemoryProfileRepository(MAX_ENDPOINTS, MAX_STACKS, 128);
		EngineOptions options = new EngineOptions(Duration.ofMillis(1), true, 64 << 10, Duration.ofMillis(1),
				Duration.ofSeconds(1), IDLE_TIMEOUT, this.directory, WallOptions.OFF);
		try (ProfiledWork app = new ProfiledWork(64, options, repository)) {
			ProfiledEndpoint truth = app.endpoint("truth");
			List<ProfiledEndpoint> endpoints = new ArrayList<>();
			for (int i = 0; i < ENDPOINTS; i++) {
				endpoints.add(app.endpoint("soak-" + i));
			}
			app.start();
			serve(app, endpoints);
			Usage early = Usage.of(app);
			serve(app, endpoints);
			restart(app, endpoints);
			serve(app, endpoints);
			Usage late = Usage.of(app);
			assertThat(late.heap()).isLessThan(early.heap() + REPOSITORY_BYTES);
			assertThat(late.beside()).isLessThan(early.beside() + NATIVE_BYTES);
			assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 2);
			assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors() + 4);
			assertThat(ProfiledWork.recordings(this.directory)).hasSize(1);
			assertThat(this.requests.get() / (3 * PHASE.toSeconds())).isGreaterThan(1000);
			assertThat(app.engine().statistics().failedHarvests()).isZero();
			assertThat(app.engine().statistics().inFlightRequests()).isZero();
			assertThat(repository.summaries()).hasSize(MAX_ENDPOINTS)
				.extracting(ProfileSummary::stacks)
				.allMatch((stacks) -> stacks <= MAX_STACKS + TRUNCATED_STACKS);
			assertThat(repository.summaries()).anyMatch((summary) -> summary.truncatedSamples() > 0);
			checkTruth(app, truth);
		}
	}

	// The session is disarmed, and armed by the next request.
	private void restart(ProfiledWork app, List<ProfiledEndpoint> endpoints) {
		app.awaitState(EngineState.IDLE);
		assertThat(ProfiledWork.recordings(this.directory)).isEmpty();
		app.request(endpoints.get(0), () -> {
		});
		app.awaitState(EngineState.ARMED);
	}

	private void checkTruth(ProfiledWork app, ProfiledEndpoint endpoint) {
		AtomicLong spent = new AtomicLong();
		for (int i = 0; i < 400; i++) {
			assertThat(app.request(endpoint, () -> trueWork(spent))).isTrue();
		}
		CallTree tree = app.profile("truth").tree();
		assertThat(endpoint.profiledCount()).isEqualTo(400);
		assertThat((double) tree.weight()).isCloseTo(spent.get(), within(0.1 * spent.get()));
		assertThat(tree.frames()).extracting((frame) -> frame.methodName())
			.contains("trueWork")
			.doesNotContain("left", "right");
	}

	private void serve(ProfiledWork app, List<ProfiledEndpoint> endpoints) throws InterruptedException {
		long end = System.nanoTime() + PHASE.toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Random random = new Random(i);
			threads.add(new Thread(() -> {
				while (System.nanoTime() < end) {
					request(app, endpoints, random);
				}
			}));
		}
		threads.add(new Thread(() -> serveByNewThreads(app, endpoints, end)));
		threads.add(new Thread(() -> resetAndHarvest(app, end)));
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void serveByNewThreads(ProfiledWork app, List<ProfiledEndpoint> endpoints, long end) {
		Random random = new Random();
		while (System.nanoTime() < end) {
			Thread thread = new Thread(() -> request(app, endpoints, random));
			thread.start();
			join(thread);
		}
	}

	private static void resetAndHarvest(ProfiledWork app, long end) {
		Random random = new Random();
		while (System.nanoTime() < end) {
			app.engine().harvest(Duration.ofSeconds(20));
			app.repository().reset("soak-" + random.nextInt(5));
			join(Thread.currentThread(), 100);
		}
	}

	private void request(ProfiledWork app, List<ProfiledEndpoint> endpoints, Random random) {
		ProfiledEndpoint endpoint = endpoints.get(random.nextInt(endpoints.size()));
		int path = random.nextInt();
		switch (random.nextInt(50)) {
			case 0 -> app.request(endpoint, () -> {
				RequestWindow inner = app.requests().open(endpoints.get(random.nextInt(endpoints.size())), true);
				left(path, 14);
				ifPresent(inner, app.requests()::close);
			});
			case 1 -> ifPresent(app.requests().open(endpoint, false), app.requests()::closeAsync);
			case 2 -> app.requests().open(endpoint, false);
			default -> app.request(endpoint, () -> left(path, 14));
		}
		this.requests.incrementAndGet();
	}

	private static void ifPresent(@Nullable RequestWindow window, Consumer<RequestWindow> consumer) {
		if (window != null) {
			consumer.accept(window);
		}
	}

	private static void join(Thread thread) {
		join(thread, 0);
	}

	private static void join(Thread thread, long millis) {
		try {
			thread.join(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// One of 2^14 stacks.
	private static void left(int path, int depth) {
		if (depth == 0) {
			ProfiledWork.burn(ProfiledWork.cpuTime() + 50_000, new AtomicLong());
		}
		else if ((path & 1) == 0) {
			left(path >> 1, depth - 1);
		}
		else {
			right(path >> 1, depth - 1);
		}
	}

	private static void right(int path, int depth) {
		left(path, depth);
	}

	private static void trueWork(AtomicLong spent) {
		ProfiledWork.burn(ProfiledWork.cpuTime() + 5_000_000, spent);
	}

	/**
	 * What the process uses at rest.
	 */
	private record Usage(long heap, long beside, int threads, long descriptors) {

		static Usage of(ProfiledWork app) {
			// samples may belong to a request up to one harvest later
			for (int i = 0; i < 3; i++) {
				assertThat(app.engine().harvest(Duration.ofSeconds(20))).isTrue();
			}
			System.gc();
			MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
			return new Usage(heap.getUsed(), resident() - heap.getCommitted(),
					ManagementFactory.getThreadMXBean().getThreadCount(),
					(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
							? unix.getOpenFileDescriptorCount() : 0);
		}

		private static long resident() {
			try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
				return lines.filter((line) -> line.startsWith("VmRSS:"))
					.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
					.sum();
			}
			catch (IOException ex) {
				// not Linux
				return 0;
			}
		}

	}

}
