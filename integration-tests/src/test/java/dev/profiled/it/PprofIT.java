package dev.profiled.it;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.jayway.jsonpath.JsonPath;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The whole process over HTTP, read by the real {@code go tool pprof}.
 */
class PprofIT {

	private static final String PPROF = "/actuator/pprof";

	private static final AtomicBoolean ended = new AtomicBoolean();

	private static TestServer server;

	@TempDir
	Path directory;

	@BeforeAll
	static void start() {
		server = TestServer.run(WorkApplication.class, "management.endpoints.web.exposure.include=flamegraph,pprof");
		List.of("burner", "waiter").forEach((name) -> {
			Thread thread = new Thread(name.equals("burner") ? PprofIT::burn : PprofIT::waitForLock, name);
			thread.setDaemon(true);
			thread.start();
		});
	}

	@AfterAll
	static void close() {
		ended.set(true);
		if (server != null) {
			server.close();
		}
	}

	@Test
	void theIndexSaysWhatThereIs() {
		HttpResponse<String> index = server.get(PPROF);
		assertThat(index.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<Map<String, String>>read(index.body(), "$.profiles")).containsOnlyKeys("profile", "allocs",
				"block", "trace", "threads");
	}

	@Test
	void goToolReadsTheCpuTimeOfTheProcess() throws Exception {
		assertThat(pprof("-top", url("/profile?seconds=3"))).contains("Type: cpu\n")
			.containsPattern("Duration: (3|4)")
			.contains("PprofIT.burn");
		assertThat(pprof("-top", "-sample_index=alloc", url("/profile?seconds=2"))).contains("Type: alloc\n");
	}

	@Test
	void goToolReadsAllocationsAndWaitsForLocks() throws Exception {
		assertThat(pprof("-top", url("/allocs?seconds=3"))).contains("Type: alloc\n").contains("PprofIT.burn");
		assertThat(pprof("-tree", url("/block?seconds=3"))).contains("Type: lock\n").contains("PprofIT.waitForLock");
	}

	@Test
	void goToolReadsTheStacksOfThreads() throws Exception {
		assertThat(pprof("-traces", url("/threads?format=pprof"))).contains("Type: threads\n")
			.contains("PprofIT.waitForLock");
		HttpResponse<String> text = server.get(PPROF + "/threads");
		assertThat(text.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
		assertThat(text.body()).containsPattern("\\d+ threads\n")
			.containsPattern("1 (BLOCKED|RUNNABLE|TIMED_WAITING): waiter\n")
			.contains("PprofIT.waitForLock");
	}

	@Test
	void theJdkReadsTheRecording() throws Exception {
		Path file = this.directory.resolve("trace.jfr");
		HttpResponse<Path> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(server.uri(PPROF + "/trace?seconds=3")).build(), BodyHandlers.ofFile(file));
		assertThat(response.statusCode()).isEqualTo(200);
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		assertThat(events).extracting((event) -> event.getEventType().getName()).contains("jdk.ExecutionSample");
		assertThat(events).filteredOn((event) -> event.getEventType().getName().equals("jdk.ExecutionSample"))
			.anyMatch((event) -> event.getStackTrace()
				.getFrames()
				.stream()
				.anyMatch((frame) -> frame.getMethod().getName().equals("burn")));
		assertThat(events).noneMatch((event) -> event.getEventType().getName().matches(".*(Environment|Property).*"));
	}

	@Test
	void requestsAreProfiledMeanwhile() throws Exception {
		CompletableFuture<String> capture = CompletableFuture
			.supplyAsync(() -> server.get(PPROF + "/profile?seconds=3").body());
		Awaitility.await()
			.until(() -> JsonPath.<List<String>>read(server.get(PPROF).body(), "$.captures[*].name"),
					(captures) -> captures.contains("profile for 3 s"));
		for (int i = 0; i < 10; i++) {
			assertThat(server.get("/work").statusCode()).isEqualTo(200);
		}
		assertThat(capture.get()).isNotEmpty();
		assertThat(server.get("/actuator/flamegraph/work?format=collapsed").body()).contains("WorkController.work");
		assertThat(JsonPath.<List<Object>>read(server.get(PPROF).body(), "$.captures")).isEmpty();
	}

	@Test
	void thereAreNoMoreThanTwoCapturesAndThoseNobodyWaitsForAreGivenUp() throws Exception {
		List<Socket> clients = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			Socket client = new Socket("127.0.0.1", server.uri("/").getPort());
			client.getOutputStream()
				.write(("GET " + PPROF + "/profile?seconds=100 HTTP/1.1\r\nHost: localhost\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			clients.add(client);
		}
		Awaitility.await().until(() -> JsonPath.<List<Object>>read(server.get(PPROF).body(), "$.captures").size() == 2);
		HttpResponse<String> refused = server.get(PPROF + "/profile?seconds=1");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(JsonPath.<List<String>>read(refused.body(), "$.captures")).containsExactly("profile for 100 s",
				"profile for 100 s");
		for (Socket client : clients) {
			client.close();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> JsonPath.<List<Object>>read(server.get(PPROF).body(), "$.captures").isEmpty());
	}

	@Test
	void badInputGetsAClearAnswer() {
		for (String seconds : List.of("0", "301", "1e9", "-1", "NaN", "ten")) {
			HttpResponse<String> response = server.get(PPROF + "/profile?seconds=" + seconds);
			assertThat(response.statusCode()).as(seconds).isEqualTo(400);
			assertThat(JsonPath.<String>read(response.body(), "$.value")).isEqualTo(seconds);
		}
		HttpResponse<String> unknown = server.get(PPROF + "/heap");
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(JsonPath.<List<String>>read(unknown.body(), "$.names")).contains("allocs");
		assertThat(server.get(PPROF + "/threads?format=xml").statusCode()).isEqualTo(400);
	}

	private static String url(String path) {
		return server.uri(PPROF + path).toString();
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

	private static void burn() {
		long value = 0;
		while (!ended.get()) {
			byte[] garbage = new byte[64 * 1024];
			for (byte b : garbage) {
				value = value * 31 + b;
			}
			if (value == 1) {
				throw new IllegalStateException();
			}
		}
	}

	private static void waitForLock() {
		while (!ended.get()) {
			Thread holder = new Thread(() -> {
				synchronized (ended) {
					sleep(100);
				}
			});
			holder.start();
			sleep(20);
			synchronized (ended) {
				sleep(1);
			}
		}
	}

	private static void sleep(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
