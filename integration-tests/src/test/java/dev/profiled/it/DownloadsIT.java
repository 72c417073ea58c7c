package dev.profiled.it;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers that ask for too much, or do not take what they asked for: the application goes
 * on serving others.
 */
class DownloadsIT {

	private static final String PROFILE = "/actuator/flamegraph/work";

	private static final List<String> FORMATS = List.of("html", "svg", "json", "collapsed", "pprof", "speedscope",
			"md");

	private static TestServer server;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void profile() {
		server = TestServer.run(WorkApplication.class, "management.endpoints.web.exposure.include=flamegraph",
				"profiling.max-concurrent-requests=64");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> server.get("/work").statusCode() == 200
					&& server.get(PROFILE + "?format=collapsed").body().contains("WorkController.work"));
	}

	@AfterAll
	static void close() {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void twoHundredDownloadsAtOnce() {
		List<CompletableFuture<HttpResponse<byte[]>>> downloads = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			downloads.add(get(PROFILE + "?format=" + FORMATS.get(i % FORMATS.size())));
		}
		CompletableFuture<HttpResponse<byte[]>> request = get("/work");
		assertThat(request.join().statusCode()).isEqualTo(200);
		assertThat(downloads).allSatisfy((download) -> {
			assertThat(download.join().statusCode()).isEqualTo(200);
			assertThat(download.join().body()).isNotEmpty();
		});
	}

	@Test
	void clientsThatDoNotRead() throws Exception {
		List<Socket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 100; i++) {
				Socket socket = new Socket();
				socket.setReceiveBufferSize(1);
				socket.connect(new InetSocketAddress("127.0.0.1", server.uri("/").getPort()));
				socket.getOutputStream()
					.write(("GET " + PROFILE + "?format=html HTTP/1.1\r\nHost: localhost\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				clients.add(socket);
			}
			for (int i = 0; i < 20; i++) {
				assertThat(get("/work").join().statusCode()).isEqualTo(200);
			}
		}
		finally {
			for (Socket socket : clients) {
				socket.close();
			}
		}
	}

	@Test
	void expressionsThatTakeForEver() {
		List<CompletableFuture<HttpResponse<byte[]>>> searches = new ArrayList<>();
		for (String bomb : List.of("(\\w+\\.?)+#", "(a|aa|.)+$x", "(.*)*(.*)*(.*)*!", "((((((.+)+)+)+)+)+)+~",
				"(.*.*.*.*.*.*.*.*.*.*.*.*)~")) {
			searches.add(get(PROFILE + "?format=collapsed&include=" + URLEncoder.encode(bomb, StandardCharsets.UTF_8)));
		}
		assertThat(get("/work").join().statusCode()).isEqualTo(200);
		assertThat(searches).allSatisfy((search) -> assertThat(search.join().statusCode()).isIn(200, 400));
		assertThat(searches).anySatisfy((search) -> {
			assertThat(search.join().statusCode()).isEqualTo(400);
			assertThat(
					JsonPath.<List<String>>read(new String(search.join().body(), StandardCharsets.UTF_8), "$.allowed"))
				.containsExactly("an expression that is quickly searched for");
		});
	}

	@Test
	void markupInATitleIsText() {
		String title = URLEncoder.encode("</title><script>alert(1)</script>\"'&", StandardCharsets.UTF_8);
		for (String format : FORMATS) {
			HttpResponse<byte[]> response = get(PROFILE + "?title=" + title + "&format=" + format).join();
			assertThat(response.statusCode()).isEqualTo(200);
			if (format.equals("md")) {
				// as code, which is text in Markdown
				assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("## `</title>");
				continue;
			}
			assertThat(new String(response.body(), StandardCharsets.ISO_8859_1)).as(format)
				.doesNotContain("<script>alert");
		}
	}

	private CompletableFuture<HttpResponse<byte[]>> get(String path) {
		URI uri = server.uri(path);
		return this.client.sendAsync(HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build(),
				BodyHandlers.ofByteArray());
	}

}
