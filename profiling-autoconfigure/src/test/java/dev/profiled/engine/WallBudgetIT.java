package dev.profiled.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

import dev.profiled.autoconfigure.ProfilingProperties;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stacks are read that change all the time, where reading one stops all threads, and for
 * long: other processes want the cores, too.
 */
@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "on this JDK reading a stack stops one thread only")
@Tag("quiet")
class WallBudgetIT {

	private static final ProfilingProperties.Wall DEFAULTS = new ProfilingProperties().getWall();

	/**
	 * Until nothing is left of the advance.
	 */
	private static final Duration WARM_UP = Duration.ofSeconds(20);

	private static final Duration MEASURED = Duration.ofSeconds(10);

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final ProfiledEndpoint orders = this.endpoints.register("orders", () -> 0);

	private final ProfilingGate gate = new ProfilingGate();

	private final RequestProfiler requests = new RequestProfiler(this.gate, new ProfilingSlots(16, this.endpoints));

	private final JvmCounters counters = JvmCounters.ofJvm();

	private final ThreadSampler sampler = new ThreadSampler(
			new WallOptions(DEFAULTS.getInterval(), DEFAULTS.getBudget() / 100, WaitRules.of(Map.of())),
			new Safepoints(this.counters));

	private final List<Process> others = new ArrayList<>();

	private final List<Thread> servers = new ArrayList<>();

	private volatile boolean ended;

	@BeforeEach
	void start() throws IOException {
		this.gate.set(ProfilingGate.State.OPEN);
		this.sampler.start();
		this.requests.watch(this.sampler);
		for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
			this.others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
		}
		for (int i = 0; i < 16; i++) {
			Thread server = new Thread(this::serve);
			server.start();
			this.servers.add(server);
		}
	}

	@AfterEach
	void end() throws InterruptedException {
		this.others.forEach(Process::destroy);
		this.ended = true;
		this.sampler.close();
		for (Thread server : this.servers) {
			server.join();
		}
	}

	@Test
	void theJvmStandsStillForNoMoreThanThat() throws InterruptedException {
		serveFor(WARM_UP);
		this.sampler.take();
		Safepoints safepoints = new Safepoints(this.counters);
		assertThat(safepoints.areKnown()).isTrue();
		safepoints.start(System.nanoTime());
		serveFor(MEASURED);
		long stopped = safepoints.skip(System.nanoTime());
		// the stops are few, and some are long by chance
		assertThat((double) stopped / MEASURED.toNanos()).isLessThan(2 * DEFAULTS.getBudget() / 100);
		assertThat(this.sampler.take()).isNotEmpty();
		assertThat(this.sampler.interval()).isGreaterThan(DEFAULTS.getInterval().toNanos());
	}

	// What a thread remembers is bounded.
	private void serveFor(Duration duration) throws InterruptedException {
		long end = System.nanoTime() + duration.toNanos();
		while (System.nanoTime() - end < 0) {
			TimeUnit.MILLISECONDS.sleep(100);
			this.requests.drain((window) -> {
			});
		}
	}

	private void serve() {
		while (!this.ended) {
			RequestWindow window = this.requests.open(this.orders, false);
			// longer than a stop, so that looks count
			for (int i = 0; i < 100; i++) {
				park(40);
			}
			if (window != null) {
				this.requests.close(window);
			}
		}
	}

	// Reading it takes long.
	private static void park(int depth) {
		if (depth > 0) {
			park(depth - 1);
		}
		else {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

}
