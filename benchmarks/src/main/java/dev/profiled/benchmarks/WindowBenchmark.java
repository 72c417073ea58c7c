package dev.profiled.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.ThreadCounters;

/**
 * What a request pays: opening and closing its window, or finding that it is not
 * profiled. Time is taken over batches of requests, and the windows are drained between
 * them, since a thread remembers a bounded number. With more threads than processors the
 * mean is the time of threads that wait for a processor, too; the median is not.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WindowBenchmark.BATCH)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@Threads(1)
public class WindowBenchmark {

	static final int BATCH = 1_000;

	@Benchmark
	public void openAndClose(Open state, Blackhole blackhole) {
		state.openAndClose(blackhole);
	}

	@Benchmark
	@Threads(16)
	public void openAndClose16Threads(Open state, Blackhole blackhole) {
		state.openAndClose(blackhole);
	}

	@Benchmark
	public void openAndCloseMeasured(Measured state, Blackhole blackhole) {
		state.openAndClose(blackhole);
	}

	@Benchmark
	@Threads(16)
	public void openAndCloseMeasured16Threads(Measured state, Blackhole blackhole) {
		state.openAndClose(blackhole);
	}

	@Benchmark
	public void nested(Nested state, Blackhole blackhole) {
		state.openAndClose(blackhole);
	}

	@Benchmark
	public void busy(Busy state, Blackhole blackhole) {
		state.skip(blackhole);
	}

	@Benchmark
	@Threads(16)
	public void busy16Threads(Busy state, Blackhole blackhole) {
		state.skip(blackhole);
	}

	@Benchmark
	public void gateClosed(GateClosed state, Blackhole blackhole) {
		state.skip(blackhole);
	}

	/**
	 * The smallest thing that tells the time twice: what no window can do without.
	 */
	@Benchmark
	public void clockTwice(Blackhole blackhole) {
		for (int i = 0; i < BATCH; i++) {
			blackhole.consume(System.nanoTime());
			blackhole.consume(System.nanoTime());
		}
	}

	/**
	 * An application with a number of profiled endpoints, one of which is called.
	 */
	@State(Scope.Benchmark)
	public abstract static class Application {

		private static final int ENDPOINTS = 50;

		final RequestProfiler profiler;

		final ProfiledEndpoint endpoint;

		Application(int places) {
			this(places, ThreadCounters.NONE);
		}

		Application(int places, ThreadCounters counters) {
			InMemoryProfileRepository repository = new InMemoryProfileRepository(ENDPOINTS, 20_000, 512);
			ProfiledEndpoints endpoints = new ProfiledEndpoints();
			for (int i = 0; i < ENDPOINTS; i++) {
				String name = "OrderController.endpoint-" + i;
				repository.register(new Endpoint(name, List.of(), List.of()));
				endpoints.register(name, () -> repository.generation(name));
			}
			this.endpoint = endpoints.all().iterator().next();
			this.profiler = new RequestProfiler(new ProfilingGate(), new ProfilingSlots(places, endpoints), counters);
			this.profiler.gate().set(ProfilingGate.State.OPEN);
		}

		// Not to be optimised into a loop that keeps things in registers between
		// requests:
		// the stores of a window are volatile.
		void openAndClose(Blackhole blackhole) {
			for (int i = 0; i < BATCH; i++) {
				RequestWindow window = this.profiler.open(this.endpoint, false);
				blackhole.consume(window);
				this.profiler.close(profiled(window));
			}
		}

		void skip(Blackhole blackhole) {
			for (int i = 0; i < BATCH; i++) {
				blackhole.consume(this.profiler.open(this.endpoint, false));
			}
		}

		RequestWindow profiled(RequestWindow window) {
			if (window == null) {
				throw new IllegalStateException("A request was not profiled, so that less than planned was measured");
			}
			return window;
		}

		synchronized void drain() {
			this.profiler.drain((window) -> {
			});
		}

	}

	/**
	 * Every request finds a place.
	 */
	public static class Open extends Application {

		public Open() {
			super(64);
		}

		@TearDown(Level.Invocation)
		public void harvest() {
			drain();
		}

	}

	/**
	 * Every request finds a place, and its cost is measured.
	 */
	public static class Measured extends Application {

		public Measured() {
			super(64, ThreadCounters.ofJvm());
		}

		@TearDown(Level.Invocation)
		public void harvest() {
			drain();
		}

	}

	/**
	 * Every request is part of another, as one that is forwarded is.
	 */
	public static class Nested extends Application {

		public Nested() {
			super(64);
		}

		@Setup(Level.Iteration)
		public void openOuter() {
			this.profiler.open(this.endpoint, false);
		}

		@Override
		void openAndClose(Blackhole blackhole) {
			for (int i = 0; i < BATCH; i++) {
				RequestWindow window = this.profiler.open(this.endpoint, true);
				blackhole.consume(window);
				this.profiler.close(profiled(window));
			}
		}

		@TearDown(Level.Invocation)
		public void harvest() {
			drain();
		}

	}

	/**
	 * The only place is taken for good.
	 */
	public static class Busy extends Application {

		public Busy() {
			super(1);
			Thread thread = new Thread(() -> this.profiler.open(this.endpoint, false));
			thread.start();
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * The session is not armed.
	 */
	public static class GateClosed extends Application {

		public GateClosed() {
			super(64);
			this.profiler.gate().set(ProfilingGate.State.CLOSED);
		}

	}

}
