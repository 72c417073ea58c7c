package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadSampler}.
 */
class ThreadSamplerTests {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final ProfiledEndpoint orders = this.endpoints.register("orders", () -> 0);

	private final ProfilingGate gate = new ProfilingGate();

	private final RequestProfiler requests = new RequestProfiler(this.gate, new ProfilingSlots(10, this.endpoints));

	private final ThreadSampler sampler = new ThreadSampler(
			new WallOptions(Duration.ofMillis(2), 1, WaitRules.of(Map.of())),
			new Safepoints(new JvmCounters(Map.of())));

	private final List<Sample> samples = new ArrayList<>();

	@BeforeEach
	void start() {
		this.gate.set(ProfilingGate.State.OPEN);
		this.sampler.start();
		this.requests.watch(this.sampler);
	}

	@AfterEach
	void close() {
		this.sampler.close();
	}

	@Test
	void looksAtAThreadAsLongAsItServesARequest() throws Exception {
		long before = System.nanoTime();
		request(() -> TimeUnit.MILLISECONDS.sleep(100));
		long after = System.nanoTime();
		await(1);
		assertThat(this.samples).allSatisfy((sample) -> {
			assertThat(sample.event()).isEqualTo(ProfileEvent.WALL);
			assertThat(sample.threadId()).isEqualTo(Thread.currentThread().getId());
			assertThat(sample.time()).isBetween(before, after);
		});
		List<Sample> waits = new ArrayList<>(this.samples);
		// the wait may have ended before its stack was read
		if (waits.get(waits.size() - 1).stack().frame(0).equals(Frame.BROKEN)) {
			waits.remove(waits.size() - 1);
		}
		assertThat(waits).isNotEmpty()
			.allSatisfy(
					(wait) -> assertThat(wait.stack().toString()).contains("ThreadSamplerTests").endsWith("[sleep]"));
		TimeUnit.MILLISECONDS.sleep(100);
		take();
		assertThat(this.samples).allSatisfy((sample) -> assertThat(sample.time()).isLessThan(after));
	}

	@Test
	void sleepsWhenTenLooksFoundNoRequestAndWakesWithTheNext() throws Exception {
		request(() -> TimeUnit.MILLISECONDS.sleep(20));
		Thread thread = thread();
		Awaitility.await().until(thread::getState, (state) -> state == Thread.State.WAITING);
		long spent = THREADS.getThreadCpuTime(thread.getId());
		TimeUnit.MILLISECONDS.sleep(300);
		assertThat(THREADS.getThreadCpuTime(thread.getId())).isEqualTo(spent);
		this.samples.clear();
		request(() -> TimeUnit.MILLISECONDS.sleep(50));
		await(1);
	}

	@Test
	void aThreadThatWaitsOnIsLookedAtWithoutBeingRead() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		Thread server = new Thread(() -> request(ended::await));
		server.start();
		await(20);
		// the very same stack, since it was read once
		assertThat(this.samples.subList(10, 20)).extracting(Sample::stack)
			.allMatch((stack) -> stack == this.samples.get(10).stack());
		ended.countDown();
		server.join();
	}

	@Test
	void forgetsThreads() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		Thread server = new Thread(() -> request(ended::await));
		server.start();
		await(1);
		this.requests.watch(null);
		this.sampler.forget();
		Thread thread = thread();
		Awaitility.await().until(thread::getState, (state) -> state == Thread.State.WAITING);
		this.requests.watch(this.sampler);
		ended.countDown();
		server.join();
	}

	@Test
	void endsItsThread() {
		Thread thread = thread();
		this.sampler.close();
		Awaitility.await().until(() -> !thread.isAlive());
	}

	private static Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("profiled-sampler"))
			.filter((thread) -> thread.isAlive())
			.reduce((one, other) -> (one.getId() > other.getId()) ? one : other)
			.orElseThrow();
	}

	private void request(Work work) {
		RequestWindow window = this.requests.open(this.orders, false);
		assertThat(window).isNotNull();
		try {
			work.run();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.requests.close(window);
	}

	private void await(int samples) {
		Awaitility.await().until(() -> {
			take();
			return this.samples.size() >= samples;
		});
	}

	private void take() {
		this.samples.addAll(this.sampler.take());
	}

	/**
	 * What a request does.
	 */
	@FunctionalInterface
	private interface Work {

		void run() throws InterruptedException;

	}

}
