package dev.profiled.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.Frame;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Lets the real {@code go tool pprof} read our profiles.
 */
class PprofRendererIT {

	private static final long MILLI = 1_000_000;

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 1000, 100);

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void write() throws IOException {
		this.repository.register(new Endpoint("orders", List.of(), List.of()));
		record(20 * MILLI, ProfileEvent.CPU, 3, 30 * MILLI, "fast");
		record(600 * MILLI, ProfileEvent.CPU, 7, 70 * MILLI, "slow");
		record(600 * MILLI, ProfileEvent.ALLOC, 2, 4_096, "slow");
		record(600 * MILLI, ProfileEvent.LOCK, 1, 5 * MILLI, "slow");
		this.file = write(ProfileEvent.CPU);
	}

	@Test
	void theEventAskedForIsShownFirst() throws Exception {
		assertThat(pprof("-top", this.file.toString())).contains("Type: cpu\n")
			.contains("of 100ms total")
			.containsPattern("70ms\\s+70.00%\\s+70.00%\\s+70ms\\s+70.00%\\s+a.Orders.slow")
			.containsPattern("0\\s+0%\\s+100%\\s+100ms\\s+100%\\s+a.Orders.serve");
		assertThat(pprof("-top", write(ProfileEvent.ALLOC).toString())).contains("Type: alloc\n")
			.contains("of 4kB total");
	}

	@Test
	void allEventsAreThere() throws Exception {
		assertThat(pprof("-top", "-sample_index=cpu_samples", this.file.toString())).contains("of 10 total");
		assertThat(pprof("-top", "-sample_index=alloc", this.file.toString())).contains("of 4kB total");
		assertThat(pprof("-top", "-sample_index=lock", this.file.toString())).contains("of 5ms total");
		assertThat(pprof("-tree", "-sample_index=wall_samples", this.file.toString())).contains("of 0 total");
	}

	@Test
	void slowRequestsAreChosenByTheirLatency() throws Exception {
		assertThat(pprof("-top", "-tagfocus", "latency_ms=500:", this.file.toString())).contains("a.Orders.slow")
			.doesNotContain("a.Orders.fast");
		assertThat(pprof("-top", "-tagfocus", "latency_ms=:100", this.file.toString())).contains("a.Orders.fast")
			.doesNotContain("a.Orders.slow");
		assertThat(pprof("-tags", this.file.toString())).contains("endpoint: Total 100.0ms")
			.contains("event: Total 100.0ms")
			.containsPattern("latency_ms: Total 100.0ms");
	}

	@Test
	void twoProfilesAreCompared() throws Exception {
		Path before = Files.copy(this.file, this.directory.resolve("before.pb.gz"));
		record(600 * MILLI, ProfileEvent.CPU, 5, 50 * MILLI, "slow");
		Path after = write(ProfileEvent.CPU);
		assertThat(pprof("-top", "-diff_base", before.toString(), after.toString()))
			.containsPattern("50ms\\s+50.00%\\s+50.00%\\s+50ms\\s+50.00%\\s+a.Orders.slow")
			.doesNotContain("fast");
	}

	private void record(long latency, ProfileEvent event, long samples, long weight, String method) {
		StackCounts counts = new StackCounts();
		counts.add(event, StackTrace.of(Frame.java("a.Orders", "serve"), Frame.java("a.Orders", method)), samples,
				weight);
		this.repository.record("orders", new RequestProfile(0, 1_700_000_000_000L, latency, false, counts));
	}

	private Path write(ProfileEvent event) throws IOException {
		Path file = this.directory.resolve(event.id() + ".pb.gz");
		try (OutputStream out = Files.newOutputStream(file)) {
			PprofRenderer.render(this.repository.summary("orders").orElseThrow(), this.repository.samples("orders"),
					event, out);
		}
		return file;
	}

	private String pprof(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("go", "tool", "pprof"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PPROF_TMPDIR", this.directory.toString());
		Process process;
		try {
			process = builder.start();
		}
		catch (IOException ex) {
			assumeTrue(false, "no go (Debian has it in golang-go)");
			throw ex;
		}
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isZero();
		return said;
	}

}
