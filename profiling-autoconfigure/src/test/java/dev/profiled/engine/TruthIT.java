package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.profiled.autoconfigure.ProfilingProperties;
import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Profiles of code whose true profile is known: its CPU time is measured by the thread's
 * own clock while it runs.
 */
@Tag("quiet")
class TruthIT {

	private static final boolean FULL = Boolean.parseBoolean(System.getProperty("profiled.it.full", "true"));

	/**
	 * The standard deviation of a share of 70 % is 0.77 points at 3 500 samples and 1.2
	 * at 1 500.
	 */
	private static final int SAMPLES = FULL ? 3_500 : 1_500;

	private static final double TOLERANCE = FULL ? 0.03 : 0.05;

	private static final ProfilingProperties.Cpu DEFAULTS = new ProfilingProperties().getCpu();

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(longs = { 5_000_000, 10_000_000 })
	void sharesHoldWhenTheRequestKeepsStepWithTheInterval(long requestNanos) {
		sharesHold(ProfiledWork.options(DEFAULTS.getInterval(), this.directory), () -> requestNanos);
	}

	/**
	 * Timers fire at ticks of the kernel's clock, which find a request that always takes
	 * exactly as long at the same few moments.
	 */
	@Test
	void sharesHoldByDefaultWhenRequestsNearlyKeepStepWithTheInterval() {
		sharesHold(byDefault(), () -> ThreadLocalRandom.current().nextLong(4_000_000, 6_000_000));
	}

	private void sharesHold(EngineOptions options, LongSupplier requestNanos) {
		Truth truth = new Truth();
		ProfileSnapshot profile = profile(options, SAMPLES, (start) -> {
			long nanos = requestNanos.getAsLong();
			burn70(start + nanos * 7 / 10, truth.first);
			burn30(start + nanos, truth.second);
		});
		assertThat(truth.firstShare()).isCloseTo(0.7, within(0.01));
		assertThat(share(profile, "burn70")).isCloseTo(truth.firstShare(), within(TOLERANCE));
		assertThat(share(profile, "burn30")).isCloseTo(1 - truth.firstShare(), within(TOLERANCE));
	}

	@Test
	void weightsAddUpToTheCpuTimeOfTheRequests() {
		Truth truth = new Truth();
		ProfileSnapshot profile = profile(byDefault(), 1_500, (start) -> burn70(start + 3_000_000, truth.first));
		assertThat((double) profile.tree().weight()).isCloseTo(truth.first.get(), within(0.05 * truth.first.get()));
		assertThat(profile.summary().latency().p50()).isGreaterThanOrEqualTo(3_000_000);
	}

	@Test
	void slowPathOfOneRequestInTwentyHasItsTrueShare() {
		Truth truth = new Truth();
		AtomicLong requests = new AtomicLong();
		ProfileSnapshot profile = profile(every(2), SAMPLES, (start) -> {
			if (requests.incrementAndGet() % 20 == 0) {
				slowPath(start + 20_000_000, truth.first);
			}
			else {
				fastPath(start + 2_000_000, truth.second);
			}
		});
		assertThat(share(profile, "slowPath")).isCloseTo(truth.firstShare(), within(TOLERANCE));
	}

	// The JVM does not inline what is at the bottom: of inlined code, samples on the way
	// down may be noted as of the bottom.
	@Test
	void recursionIsWhole() {
		Truth truth = new Truth();
		ProfileSnapshot profile = profile(every(1), 3_000, (start) -> recurse(199, start + 5_000_000, truth));
		CallTree tree = profile.tree();
		List<Integer> depths = new ArrayList<>();
		for (int node = 1; node < tree.nodeCount(); node++) {
			if (tree.selfSamples(node) > 0 && isBelow(tree, node, "bottom")
					&& !isBelow(tree, node, Frame.BROKEN.methodName())) {
				depths.add(countAbove(tree, node, "recurse"));
			}
		}
		// now and then the profiler loses its way, and says so
		assertThat(share(profile, Frame.BROKEN.methodName())).isLessThan(0.02);
		assertThat(depths).isNotEmpty().containsOnly(200);
	}

	private EngineOptions byDefault() {
		return new EngineOptions(DEFAULTS.getInterval(), DEFAULTS.isPerfEvents(), 0, Duration.ZERO,
				Duration.ofSeconds(1), Duration.ofMinutes(5), this.directory, WallOptions.OFF);
	}

	private EngineOptions every(long millis) {
		return ProfiledWork.options(Duration.ofMillis(millis), this.directory);
	}

	// Two threads serve requests until there are enough samples. A request's work is
	// given
	// the thread's CPU time at its start.
	private ProfileSnapshot profile(EngineOptions options, int samples, LongConsumer work) {
		try (ProfiledWork app = new ProfiledWork(64, options)) {
			ProfiledEndpoint endpoint = app.endpoint("truth");
			app.start();
			AtomicBoolean enough = new AtomicBoolean();
			List<Thread> threads = Stream.generate(() -> new Thread(() -> {
				while (!enough.get()) {
					app.request(endpoint, () -> work.accept(ProfiledWork.cpuTime()));
				}
			})).limit(2).toList();
			threads.forEach(Thread::start);
			await().atMost(Duration.ofMinutes(5)).until(() -> app.profile("truth").tree().samples() >= samples);
			enough.set(true);
			for (Thread thread : threads) {
				thread.join();
			}
			return app.profile("truth");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static double share(ProfileSnapshot profile, String method) {
		CallTree tree = profile.tree();
		long samples = 0;
		for (int node = 1; node < tree.nodeCount(); node++) {
			if (isBelow(tree, node, method)) {
				samples += tree.selfSamples(node);
			}
		}
		return (double) samples / tree.samples();
	}

	private static boolean isBelow(CallTree tree, int node, String method) {
		return countAbove(tree, node, method) > 0;
	}

	private static int countAbove(CallTree tree, int node, String method) {
		int count = 0;
		for (int above = node; above > 0; above = tree.parent(above)) {
			count += tree.frame(above).methodName().equals(method) ? 1 : 0;
		}
		return count;
	}

	private static void burn70(long until, AtomicLong spent) {
		ProfiledWork.burn(until, spent);
	}

	private static void burn30(long until, AtomicLong spent) {
		ProfiledWork.burn(until, spent);
	}

	private static void slowPath(long until, AtomicLong spent) {
		ProfiledWork.burn(until, spent);
	}

	private static void fastPath(long until, AtomicLong spent) {
		ProfiledWork.burn(until, spent);
	}

	private static void recurse(int deeper, long until, Truth truth) {
		if (deeper == 0) {
			bottom(until, truth);
		}
		else {
			recurse(deeper - 1, until, truth);
		}
	}

	private static void bottom(long until, Truth truth) {
		ProfiledWork.burn(until, truth.first);
	}

	/**
	 * The CPU time that two methods really spent.
	 */
	private static final class Truth {

		private final AtomicLong first = new AtomicLong();

		private final AtomicLong second = new AtomicLong();

		double firstShare() {
			return (double) this.first.get() / (this.first.get() + this.second.get());
		}

	}

}
