package dev.profiled.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The real tools of others on what the sample tells of itself while it runs.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.boot.admin.client.enabled=false")
class SampleToolsIT {

	private static final Path SCRIPT = Path.of("/usr/share/perl5/Devel/NYTProf/flamegraph.pl");

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LocalServer server;

	@TempDir
	private Path directory;

	@BeforeEach
	void awaitSamples() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> get("flamegraph/sales-report?format=collapsed").lines().count() > 20
					&& get("flamegraph/order-lookup?format=collapsed").contains("EventLog.parse"));
	}

	@Test
	void goToolReadsTheProfileOfAnEndpoint() throws Exception {
		String address = url("flamegraph/sales-report?format=pprof");
		assertThat(go("-top", address)).contains("Type: cpu\n")
			.contains("dev.profiled.sample.report.SalesReport.trend");
		assertThat(go("-tree", "-sample_index=wall", address)).contains("Type: wall\n")
			.contains("dev.profiled.sample.report.SalesReport.trend");
	}

	@Test
	void goToolChoosesTheSlowRequests() throws Exception {
		String address = url("flamegraph/order-lookup?format=pprof");
		assertThat(go("-top", "-tagfocus", "latency_ms=20:", address)).contains("EventLog.parse");
		assertThat(go("-top", "-tagfocus", "latency_ms=:3", address)).doesNotContain("EventLog.parse");
	}

	@Test
	void goToolComparesTwoProfiles() throws Exception {
		Path before = save("flamegraph/sales-report?format=pprof", "before.pb.gz");
		Path after = save("flamegraph/sales-report?format=pprof", "after.pb.gz");
		assertThat(go("-top", "-diff_base", before.toString(), after.toString())).contains("Type: cpu\n");
	}

	@Test
	void goToolDrawsTheFlameGraph() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Process process = start("-no_browser", "-http=127.0.0.1:" + port,
				save("flamegraph/sales-report?format=pprof", "graph.pb.gz").toString());
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(send(URI.create("http://127.0.0.1:" + port + "/ui/flamegraph")))
					.contains("dev.profiled.sample.report.SalesReport.trend"));
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
			process.waitFor();
		}
	}

	@Test
	void goToolReadsTheProcess() throws Exception {
		assertThat(go("-top", url("pprof/profile?seconds=5"))).contains("Type: cpu\n").contains("SalesReport.trend");
	}

	@Test
	void flameGraphScriptDrawsWhatWeDraw() throws Exception {
		assumeTrue(Files.exists(SCRIPT), "no flamegraph.pl (Debian has it in libdevel-nytprof-perl)");
		Path collapsed = save("flamegraph/sales-report?format=collapsed", "stacks.txt");
		Path picture = this.directory.resolve("graph.svg");
		assertThat(new ProcessBuilder("perl", SCRIPT.toString(), collapsed.toString()).redirectOutput(picture.toFile())
			.start()
			.waitFor()).isZero();
		assertThat(picture).content().contains("SalesReport.trend (");
		assertThat(get("flamegraph/sales-report?format=svg")).contains("SalesReport.trend (");
	}

	private String url(String path) {
		return this.server.address() + "/actuator/" + path;
	}

	private String get(String path) {
		return send(URI.create(url(path)));
	}

	private String send(URI uri) {
		try {
			return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path save(String path, String name) throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(URI.create(url(path))).build(),
					BodyHandlers.ofFile(this.directory.resolve(name)))
			.body();
	}

	private String go(String... arguments) throws IOException, InterruptedException {
		Process process = start(arguments);
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isZero();
		return said;
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("go", "tool", "pprof"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PPROF_TMPDIR", this.directory.toString());
		try {
			return builder.start();
		}
		catch (IOException ex) {
			assumeTrue(false, "no go (Debian has it in golang-go)");
			throw ex;
		}
	}

}
