package dev.profiled.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.profiled.engine.AsyncProfilerEngine;
import dev.profiled.engine.EngineOptions;
import dev.profiled.engine.EngineState;
import dev.profiled.engine.EngineStatistics;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

/**
 * Requests of less than a tenth of a millisecond that allocate some 75 kB, deep in the
 * stack, one after the other from a queue. Their threads contend for the lock of the
 * queue, and for a monitor that each needs for a part of its time. All of them are
 * profiled while there is a session.
 */
final class SmallRequests implements AutoCloseable {

	private static final String NAME = "small";

	private static final int THREADS = 8;

	private static final int WAITING = 8;

	/**
	 * Frames above the work, as many as a request has in Spring MVC.
	 */
	private static final int DEPTH = 60;

	private static final int WORDS = 600;

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 20_000, 512);

	private final RequestProfiler requests = new RequestProfiler(new ProfilingGate(),
			new ProfilingSlots(THREADS, this.endpoints));

	private final ProfiledEndpoint endpoint;

	private final ExecutorService threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());

	private final AtomicLong served = new AtomicLong();

	private final StringBuilder text = new StringBuilder();

	private AsyncProfilerEngine engine;

	SmallRequests() {
		this.repository.register(new Endpoint(NAME, List.of(NAME), List.of()));
		this.endpoint = this.endpoints.register(NAME, () -> this.repository.generation(NAME));
		for (int i = 0; i < THREADS + WAITING; i++) {
			this.threads.execute(this::request);
		}
	}

	void arm(EngineOptions options) throws InterruptedException {
		AsyncProfilerEngine engine = new AsyncProfilerEngine(options, this.requests, this.repository);
		engine.start();
		while (engine.status().state() != EngineState.ARMED) {
			Thread.sleep(10);
		}
		this.engine = engine;
	}

	void harvest() {
		if (this.engine != null && !this.engine.harvest(Duration.ofSeconds(20))) {
			throw new IllegalStateException("The harvest failed");
		}
	}

	// Of a session that is not there: nothing.
	long samples() {
		if (this.engine == null) {
			return 0;
		}
		EngineStatistics statistics = this.engine.statistics();
		return statistics.attributedSamples() + statistics.unattributedSamples();
	}

	void disarm() {
		if (this.engine != null) {
			this.engine.close();
			this.engine = null;
			this.repository.reset(NAME);
		}
	}

	long served() {
		return this.served.get();
	}

	private void request() {
		RequestWindow window = this.requests.open(this.endpoint, false);
		try {
			below(DEPTH);
		}
		finally {
			if (window != null) {
				this.requests.close(window);
			}
		}
		this.served.incrementAndGet();
		this.threads.execute(this::request);
	}

	private int below(int depth) {
		return (depth > 0) ? below(depth - 1) + 1 : work();
	}

	private int work() {
		Map<String, Integer> words = new TreeMap<>();
		for (int i = 0; i < WORDS; i++) {
			words.merge("word-" + (i * 31 % 400), i, Integer::sum);
		}
		synchronized (this.text) {
			this.text.setLength(0);
			words.forEach((word, count) -> this.text.append(word).append('=').append(count).append('\n'));
			return this.text.length();
		}
	}

	@Override
	public void close() {
		disarm();
		this.threads.shutdownNow();
	}

}
