package dev.profiled.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

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

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;
import dev.profiled.render.CollapsedRenderer;
import dev.profiled.render.FlameGraphPage;
import dev.profiled.render.FlameGraphPage.Theme;
import dev.profiled.render.JsonRenderer;
import dev.profiled.render.MarkdownRenderer;
import dev.profiled.render.PprofRenderer;
import dev.profiled.render.ProfileView;
import dev.profiled.render.ProfilerView;
import dev.profiled.render.SpeedscopeRenderer;
import dev.profiled.render.SvgOptions;
import dev.profiled.render.SvgRenderer;

/**
 * What a reader of a flame graph waits for: the call tree of the counted stacks, and its
 * rendering in each format.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
@State(Scope.Benchmark)
public class RenderBenchmark {

	private static final String NAME = "sales-report";

	private static final ProfileQuery QUERY = new ProfileQuery(ProfileEvent.CPU);

	@Param({ "1000", "20000", "100000" })
	public int stacks;

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(10, 200_000, 512);

	private ProfileView view;

	private String json;

	@Setup(Level.Trial)
	public void merge() {
		this.repository.register(new Endpoint(NAME, List.of("com.example.SalesController.report"), List.of()));
		StackCounts counts = new StackCounts();
		Random random = new Random(7);
		// of 30 frames ten differ, each in four ways: some are drawn twice
		while (counts.stacks() < this.stacks) {
			for (StackTrace stack : SyntheticSamples.stacks(30, this.stacks - counts.stacks(), random)) {
				counts.add(ProfileEvent.CPU, stack, 1 + random.nextInt(9), 10_000_000);
			}
		}
		this.repository.record(NAME, new RequestProfile(0, 0, 1_000_000, false, counts));
		ProfileSnapshot snapshot = snapshot();
		if (snapshot.summary().truncatedSamples() > 0) {
			throw new IllegalStateException("The profile is smaller than planned");
		}
		ProfilerView profiler = new ProfilerView("armed", "perf_events", Map.of("cpu", 10_000_000L), true, null, null,
				List.of());
		this.view = new ProfileView("Sales report", snapshot, Map.of(), 0, 0, profiler, List.of(),
				List.of("com.example"));
		this.json = json();
	}

	@Benchmark
	public ProfileSnapshot snapshot() {
		return this.repository.find(NAME, QUERY).orElseThrow();
	}

	@Benchmark
	public String json() {
		return JsonRenderer.render(this.view);
	}

	@Benchmark
	public String collapsed() throws IOException {
		StringBuilder out = new StringBuilder();
		CollapsedRenderer.render(this.view.snapshot().tree(), ProfileEvent.CPU, out);
		return out.toString();
	}

	@Benchmark
	public String svg() throws IOException {
		StringBuilder out = new StringBuilder();
		SvgRenderer.render("Sales report", this.view.snapshot().tree(), ProfileEvent.CPU, SvgOptions.DEFAULTS, out);
		return out.toString();
	}

	@Benchmark
	public String speedscope() throws IOException {
		StringBuilder out = new StringBuilder();
		SpeedscopeRenderer.render("Sales report", List.of(this.view.snapshot()), out);
		return out.toString();
	}

	@Benchmark
	public String markdown() throws IOException {
		StringBuilder out = new StringBuilder();
		MarkdownRenderer.render(this.view, out);
		return out.toString();
	}

	@Benchmark
	public byte[] pprof() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PprofRenderer.render(this.view.snapshot().summary(), this.repository.samples(NAME), ProfileEvent.CPU, out);
		return out.toByteArray();
	}

	@Benchmark
	public String page() {
		return FlameGraphPage.render("Sales report", List.of(this.json), Theme.AUTO);
	}

	/**
	 * All that is done for a request for the page.
	 * @return the page
	 */
	@Benchmark
	public String snapshotJsonAndPage() {
		ProfileView current = new ProfileView(this.view.title(), snapshot(), this.view.skipped(), 0, 0,
				this.view.profiler(), List.of(), this.view.ownPackages());
		return FlameGraphPage.render(current.title(), List.of(JsonRenderer.render(current)), Theme.AUTO);
	}

}
