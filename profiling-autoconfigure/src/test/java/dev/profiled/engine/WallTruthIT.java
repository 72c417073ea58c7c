package dev.profiled.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.autoconfigure.ProfilingProperties;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.MeasuredCost;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.TimeCategory;
import dev.profiled.profile.TimeSplit;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Requests that burn CPU for 30 ms, sleep for 30 ms, wait 20 ms for a lock and 20 ms for
 * a peer, and measure what they really did.
 */
@Tag("quiet")
class WallTruthIT {

	private static final ProfilingProperties DEFAULTS = new ProfilingProperties();

	private static final boolean FULL = Boolean.parseBoolean(System.getProperty("profiled.it.full", "true"));

	private static final int REQUESTS = FULL ? 200 : 100;

	/**
	 * Half of it for half of the requests, so that chance is as large.
	 */
	private static final Duration INTERVAL = DEFAULTS.getWall().getInterval().dividedBy(FULL ? 1 : 2);

	/**
	 * More than by default, since code that was never run before is slow, and a test is
	 * short.
	 */
	private static final double BUDGET = 0.1;

	@TempDir
	Path directory;

	@Test
	void eachCategoryHasItsTrueTime() throws Exception {
		Measured measured = measure(ProfilerLoader.DEFAULT, EngineState.ARMED, REQUESTS, Runnable::run);
		measured.hasTrueSplit();
		measured.coversCpuTime(0.9, 1.1);
		double blocked = measured.profile.summary().totals(ProfileEvent.LOCK).weight();
		assertThat(blocked / measured.truth(TimeCategory.LOCK)).isCloseTo(1, within(0.1));
		assertThat(measured.profile.summary().approximateRequests()).isZero();
		if (OS.LINUX.isCurrentOs()) {
			assertThat(measured.status.engine()).as("perf events are only used when asked for").isEqualTo("ctimer");
		}
	}

	@Test
	void eachCategoryHasItsTrueTimeWithoutAsyncProfiler() throws Exception {
		Measured measured = measure(ProfiledWork.UNLOADABLE, EngineState.FALLBACK, REQUESTS, Runnable::run);
		measured.hasTrueSplit();
		measured.coversCpuTime(0.8, 1);
		assertThat(measured.profile.summary().approximateRequests()).isEqualTo(REQUESTS);
		assertThat(measured.status.engine()).isEqualTo(EngineStatus.THREAD_SAMPLER);
		assertThat(measured.status.message()).isEqualTo("Not here.");
		assertThat(measured.status.limits()).anyMatch((limit) -> limit.contains("approximate"));
		assertThat(measured.status.intervals()).containsOnlyKeys(ProfileEvent.CPU, ProfileEvent.WALL);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this JDK has no virtual threads")
	void eachCategoryHasItsTrueTimeOnAVirtualThread() throws Exception {
		Measured measured = measure(ProfilerLoader.DEFAULT, EngineState.ARMED, REQUESTS, WallTruthIT::onVirtualThread);
		measured.hasTrueSplit();
		assertThat(measured.profile.summary().approximateRequests()).isEqualTo(REQUESTS);
		assertThat(measured.profile.summary().measured()).isEqualTo(MeasuredCost.NONE);
	}

	@Test
	void waitingForACoreIsSeenWhereThereAreTooFew() throws Exception {
		AtomicBoolean ended = new AtomicBoolean();
		List<Thread> others = new ArrayList<>();
		for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
			others.add(new Thread(() -> {
				while (!ended.get()) {
					ProfiledWork.spin();
				}
			}));
		}
		others.forEach(Thread::start);
		try {
			Measured measured = measure(ProfilerLoader.DEFAULT, EngineState.ARMED, REQUESTS / 4, Runnable::run);
			assertThat(measured.truth(TimeCategory.CORE)).isGreaterThan(measured.truth(TimeCategory.CPU) / 2);
			measured.has(TimeCategory.CPU, 0.1);
			// that before and after the other waits is not in the truth
			assertThat(measured.split.nanos(TimeCategory.CORE))
				.isGreaterThan((long) (0.9 * measured.truth(TimeCategory.CORE)));
			// before JDK 21 each look stops all threads, while this one waits
			assertThat(measured.split.nanos(TimeCategory.GC)).isLessThan(measured.split.elapsed() / 50);
			measured.addsUp();
		}
		finally {
			ended.set(true);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatStopsTheJvmIsAPauseThoughItIsNotTheCollector() throws Exception {
		AtomicLong cpuTime = new AtomicLong();
		AtomicLong waitedForCore = new AtomicLong();
		AtomicBoolean ended = new AtomicBoolean();
		try (ProfiledWork app = new ProfiledWork(1, options(), new InMemoryProfileRepository(10, 1000, 100),
				ProfilerLoader.DEFAULT)) {
			ProfiledEndpoint endpoint = app.endpoint("stopped");
			app.start();
			Thread stopping = new Thread(() -> printThreads(ended));
			stopping.start();
			// while code is cold, the others take longer to stop
			ProfiledWork.burn(ProfiledWork.cpuTime() + 1_000_000_000, new AtomicLong());
			for (int i = 0; i < 20; i++) {
				app.request(endpoint, () -> {
					long before = waitedForCore();
					ProfiledWork.burn(ProfiledWork.cpuTime() + 50_000_000, cpuTime);
					waitedForCore.addAndGet(waitedForCore() - before);
				});
			}
			ended.set(true);
			stopping.join();
			TimeSplit split = app
				.harvested(() -> app.repository().find("stopped", new ProfileQuery(ProfileEvent.WALL)).orElseThrow())
				.summary()
				.split();
			long stopped = split.elapsed() - cpuTime.get() - waitedForCore.get();
			assertThat(stopped).isGreaterThan(cpuTime.get() / 4);
			// the rest: until all have stopped
			assertThat((double) split.nanos(TimeCategory.GC) / stopped).isBetween(0.8, 1.05);
			assertThat(split.nanos(TimeCategory.OTHER)).as("to be stopped is not to wait").isZero();
		}
	}

	// Half of the time: threads are stopped while their stacks are printed.
	private static void printThreads(AtomicBoolean ended) {
		List<Thread> parked = Stream.generate(() -> new Thread(() -> parkDeep(400, ended))).limit(200).toList();
		parked.forEach(Thread::start);
		try {
			while (!ended.get()) {
				long start = System.nanoTime();
				ManagementFactory.getPlatformMBeanServer()
					.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "threadPrint",
							new Object[] { new String[0] }, new String[] { String[].class.getName() });
				TimeUnit.NANOSECONDS.sleep(System.nanoTime() - start);
			}
		}
		catch (JMException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			parked.forEach(LockSupport::unpark);
		}
	}

	// As the kernel counts it, in ns: the second number of proc(5)'s schedstat.
	private static long waitedForCore() {
		try {
			return Long.parseLong(Files.readString(Path.of("/proc/thread-self/schedstat")).split("\\s")[1]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void parkDeep(int depth, AtomicBoolean ended) {
		if (depth > 0) {
			parkDeep(depth - 1, ended);
		}
		while (!ended.get()) {
			LockSupport.park();
		}
	}

	private static void onVirtualThread(Runnable task) {
		try {
			((Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task)).join();
		}
		catch (ReflectiveOperationException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private EngineOptions options() {
		WallOptions wall = new WallOptions(INTERVAL, BUDGET, WaitRules.of(Map.of()));
		return new EngineOptions(DEFAULTS.getCpu().getInterval(), DEFAULTS.getCpu().isPerfEvents(),
				DEFAULTS.getAlloc().getInterval().toBytes(), DEFAULTS.getLock().getInterval(), Duration.ofSeconds(1),
				Duration.ofMinutes(5), this.directory, wall);
	}

	private Measured measure(ProfilerLoader loader, EngineState state, int requests, Executor executor)
			throws Exception {
		try (ProfiledWork app = new ProfiledWork(1, options(), new InMemoryProfileRepository(10, 1000, 100), loader);
				WaitingWork work = new WaitingWork();
				WaitingWork.Client client = work.client()) {
			ProfiledEndpoint endpoint = app.endpoint("truth");
			app.start(state);
			for (int i = 0; i < requests; i++) {
				executor.execute(() -> app.request(endpoint, client::request));
			}
			ProfileSnapshot profile = app
				.harvested(() -> app.repository().find("truth", new ProfileQuery(ProfileEvent.WALL)).orElseThrow());
			return new Measured(profile, profile.summary().split(), work.truth(), app.engine().status());
		}
	}

	/**
	 * What was measured, and what really was.
	 */
	private record Measured(ProfileSnapshot profile, TimeSplit split, Map<TimeCategory, Long> truth,
			EngineStatus status) {

		long truth(TimeCategory category) {
			return this.truth.getOrDefault(category, 0L);
		}

		void hasTrueSplit() {
			assertThat(this.split.requests()).isEqualTo(REQUESTS);
			has(TimeCategory.CPU, 0.1);
			has(TimeCategory.SLEEP, 0.1);
			has(TimeCategory.LOCK, 0.1);
			has(TimeCategory.SOCKET, 0.1);
			assertThat(this.split.nanos()).doesNotContainKey(TimeCategory.FILE);
			// a page that must be read, for instance
			assertThat(this.split.nanos(TimeCategory.OTHER)).isLessThan(this.split.elapsed() / 50);
			addsUp();
		}

		void has(TimeCategory category, double tolerance) {
			assertThat((double) this.split.nanos(category) / truth(category)).as("%s", category)
				.isCloseTo(1, within(tolerance));
		}

		void addsUp() {
			long latency = this.profile.summary().latency().mean() * this.profile.summary().latency().count();
			assertThat((double) this.profile.tree().weight() / latency).isCloseTo(1, within(0.03));
		}

		void coversCpuTime(double atLeast, double atMost) {
			MeasuredCost cost = this.profile.summary().measured();
			assertThat(cost.requests()).isEqualTo(REQUESTS);
			assertThat(cost.cpuTime() / (double) truth(TimeCategory.CPU)).isCloseTo(1, within(0.05));
			double onCpu = this.profile.summary().totals(ProfileEvent.CPU).weight();
			assertThat(onCpu / cost.cpuTime()).isBetween(atLeast, atMost);
		}

	}

}
