package dev.profiled.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.ThreadCounters;

/**
 * A profiled application without a server: windows, engine and repository, and work whose
 * CPU time is known.
 */
final class ProfiledWork implements AutoCloseable {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	/**
	 * Long enough to see that it is in vain.
	 */
	private static final Duration RETRY = Duration.ofSeconds(1);

	/**
	 * Stands for a platform that async-profiler does not have.
	 */
	static final ProfilerLoader UNLOADABLE = new ProfilerLoader() {

		@Override
		public boolean isLoaded() {
			return false;
		}

		@Override
		public NativeProfiler load() throws ProfilerUnavailableException {
			throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.PLATFORM, "Not here.",
					"Run it there.");
		}

	};

	private static volatile long sink;

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final InMemoryProfileRepository repository;

	private final ProfilingGate gate = new ProfilingGate();

	private final RequestProfiler requests;

	private final AsyncProfilerEngine engine;

	ProfiledWork(int places, EngineOptions options) {
		this(places, options, new InMemoryProfileRepository(200, 20_000, 512));
	}

	ProfiledWork(int places, EngineOptions options, InMemoryProfileRepository repository) {
		this(places, options, repository, ProfilerLoader.DEFAULT);
	}

	ProfiledWork(int places, EngineOptions options, InMemoryProfileRepository repository, ProfilerLoader loader) {
		this.repository = repository;
		this.requests = new RequestProfiler(this.gate, new ProfilingSlots(places, this.endpoints),
				ThreadCounters.ofJvm());
		this.engine = new AsyncProfilerEngine(options, this.requests, this.repository, loader, RETRY);
	}

	/**
	 * CPU samples alone, by perf events where there are any, so that they can be
	 * frequent.
	 * @param cpuInterval their interval
	 * @param directory where recordings are kept
	 * @return the options
	 */
	static EngineOptions options(Duration cpuInterval, Path directory) {
		return options(cpuInterval, 0, Duration.ZERO, directory);
	}

	static EngineOptions options(Duration cpuInterval, long allocInterval, Duration lockInterval, Path directory) {
		return new EngineOptions(cpuInterval, true, allocInterval, lockInterval, Duration.ofSeconds(1),
				Duration.ofMinutes(5), directory, WallOptions.OFF);
	}

	ProfiledEndpoint endpoint(String name) {
		this.repository.register(new Endpoint(name, List.of(name), List.of()));
		return this.endpoints.register(name, () -> this.repository.generation(name));
	}

	ProfiledWork start() {
		return start(EngineState.ARMED);
	}

	ProfiledWork start(EngineState state) {
		this.engine.start();
		awaitState(state);
		return this;
	}

	/**
	 * Wait until the engine has reached a state, and has told the requests.
	 * @param state the state
	 * @return the status then
	 */
	EngineStatus awaitState(EngineState state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(this.engine::status, (status) -> status.state() == state && this.gate.state() == gate(state));
	}

	private static ProfilingGate.State gate(EngineState state) {
		return switch (state) {
			case ARMED, FALLBACK -> ProfilingGate.State.OPEN;
			case SUSPENDED, UNAVAILABLE -> ProfilingGate.State.UNAVAILABLE;
			case IDLE, ARMING, OFF -> ProfilingGate.State.CLOSED;
		};
	}

	/**
	 * Let requests be profiled by a session that is not the engine's.
	 */
	void open() {
		this.gate.set(ProfilingGate.State.OPEN);
	}

	boolean request(ProfiledEndpoint endpoint, Runnable work) {
		RequestWindow window = this.requests.open(endpoint, false);
		try {
			work.run();
		}
		finally {
			if (window != null) {
				this.requests.close(window);
			}
		}
		return window != null;
	}

	<T> T harvested(Supplier<T> supplier) {
		this.engine.harvest(Duration.ofSeconds(20));
		return supplier.get();
	}

	ProfileSnapshot profile(String name) {
		return profile(name, ProfileEvent.CPU);
	}

	ProfileSnapshot profile(String name, ProfileEvent event) {
		return harvested(() -> this.repository.find(name, new ProfileQuery(event)).orElseThrow());
	}

	AsyncProfilerEngine engine() {
		return this.engine;
	}

	InMemoryProfileRepository repository() {
		return this.repository;
	}

	RequestProfiler requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * Burn CPU until the thread's CPU clock shows a time.
	 * @param until the time
	 * @param spent what was burned is added to this
	 */
	static void burn(long until, AtomicLong spent) {
		long start = cpuTime();
		long now = start;
		while (now < until) {
			spin();
			now = cpuTime();
		}
		spent.addAndGet(now - start);
	}

	static void spin() {
		long value = sink;
		for (int i = 0; i < 10_000; i++) {
			value = value * 31 + i;
		}
		sink = value;
	}

	/**
	 * Return the recordings there are.
	 * @param directory where to look, any depth below it
	 * @return the files
	 */
	static List<Path> recordings(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".jfr")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static long cpuTime() {
		return THREADS.getCurrentThreadCpuTime();
	}

}
