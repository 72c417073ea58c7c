package dev.profiled.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.profiled.attribution.Coverage;
import dev.profiled.attribution.Pauses;
import dev.profiled.attribution.RequestCollector;
import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.jfr.JfrChunk;
import dev.profiled.jfr.JfrSampleReader;
import dev.profiled.jfr.SamplingIntervals;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.RequestWindow;

/**
 * What the harvester's thread does with samples, in samples per second (the secondary
 * result {@code samples}; the score is harvests per second).
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class AttributionBenchmark {

	private static final SamplingIntervals INTERVALS = new SamplingIntervals(1_000_000, 0, 0);

	/**
	 * Requests found, samples counted and merged into the endpoint's profile.
	 */
	@Benchmark
	public ProfileRepository attributeAndMerge(Synthetic state, Harvested harvested) {
		harvest(state.store.repository, state.windows, state.nextSamples(), harvested);
		return state.store.repository;
	}

	/**
	 * One chunk of a real recording parsed.
	 */
	@Benchmark
	public JfrChunk read(Recorded state, Harvested harvested) throws IOException {
		JfrChunk chunk = state.reader.read(state.chunk()).weighed(INTERVALS);
		harvested.samples += chunk.samples().size();
		return chunk;
	}

	/**
	 * All that is done with a chunk of a real recording.
	 */
	@Benchmark
	public ProfileRepository readAttributeAndMerge(Recorded state, Harvested harvested) throws IOException {
		JfrChunk chunk = state.reader.read(state.chunk()).weighed(INTERVALS);
		harvest(state.store.repository, state.recording.windows(), chunk.samples(), harvested);
		return state.store.repository;
	}

	private static void harvest(ProfileRepository repository, List<RequestWindow> windows, List<Sample> samples,
			Harvested harvested) {
		RequestCollector collector = new RequestCollector(repository);
		windows.forEach(collector::add);
		int rest = collector.attribute(samples, Pauses.NONE).size();
		collector.settle(new Coverage(windows.get(0).start(), Coverage.OPEN), 0, 0, Sampling.CPU_ONLY);
		harvested.samples += samples.size() - rest;
	}

	/**
	 * How many samples were found to belong to requests.
	 */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.OPERATIONS)
	public static class Harvested {

		public long samples;

	}

	/**
	 * A store that has seen the stacks before, as it mostly has.
	 */
	private static final class Store {

		private final ProfileRepository repository = new InMemoryProfileRepository(10, 20_000, 512);

		Store() {
			this.repository.register(new Endpoint(RecordedRequests.ENDPOINT, List.of(), List.of()));
		}

	}

	/**
	 * Samples spread over many requests: few distinct stacks of 10 frames, or many of 60.
	 */
	@State(Scope.Benchmark)
	public static class Synthetic {

		private static final int SAMPLES = 20_000;

		private static final int REQUESTS = 20_000;

		// A harvest brings frames that equal those before but are not the same objects.
		private static final int HARVESTS = 4;

		@Param({ "10", "60" })
		public int depth;

		private final Store store = new Store();

		private List<RequestWindow> windows;

		private List<List<Sample>> samples;

		private int next;

		@Setup(Level.Trial)
		public void prepare() throws InterruptedException {
			this.windows = SyntheticSamples.windows(16, REQUESTS);
			this.samples = IntStream.range(0, HARVESTS)
				.mapToObj((i) -> SyntheticSamples.samples(this.windows, SAMPLES, this.depth,
						(this.depth > 10) ? 15_000 : 300))
				.toList();
		}

		List<Sample> nextSamples() {
			this.next = (this.next + 1) % HARVESTS;
			return this.samples.get(this.next);
		}

	}

	/**
	 * A recording of requests to the benchmarks' own handlers.
	 */
	@State(Scope.Benchmark)
	public static class Recorded {

		private final Store store = new Store();

		// As a session has one.
		private final JfrSampleReader reader = new JfrSampleReader();

		private RecordedRequests recording;

		@Setup(Level.Trial)
		public void record() throws Exception {
			this.recording = RecordedRequests.record(TimeUnit.SECONDS.toNanos(5));
		}

		ByteBuffer chunk() {
			return this.recording.chunk().duplicate();
		}

	}

}
