package dev.profiled.it;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint as its callers see it, over HTTP.
 */
class EndpointIT {

	private static final String FLAME_GRAPH = "/actuator/flamegraph";

	private static final String BURN = FLAME_GRAPH + "/burn";

	private static final String JSON = "application/json";

	private static TestServer server;

	@BeforeAll
	static void profileSomeRequests() {
		server = TestServer.run(Application.class, "management.endpoints.web.exposure.include=flamegraph");
		burnUntilSampled(server, "", server.uri(BURN + "?format=json"));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void indexTellsWhatTheProfilerDoes() {
		HttpResponse<String> response = server.get(FLAME_GRAPH);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(contentType(response)).endsWith("json");
		assertThat(this.<Integer>read(response, "$.schema")).isEqualTo(1);
		assertThat(this.<String>read(response, "$.profiler.state")).isEqualTo("armed");
		assertThat(this.<String>read(response, "$.profiler.engine")).isIn("perf_events", "ctimer");
		assertThat(this.<Number>read(response, "$.profiler.interval").longValue()).isPositive();
		assertThat(this.<Number>read(response, "$.profiler.requestedInterval").longValue()).isPositive();
		assertThat(this.<List<String>>read(response, "$.profiler.limits")).isNotNull();
		assertThat(this.<Map<String, ?>>read(response, "$.profiler")).doesNotContainKeys("message", "advice");
		assertThat(this.<List<String>>read(response, "$.operations")).containsExactly("read");
		assertThat(this.<Number>read(response, "$.samples.attributed").longValue()).isPositive();
		assertThat(this.<Integer>read(response, "$.notRegistered")).isZero();
		assertThat(this.<String>read(response, "$.latencyBuckets")).isEqualTo("log2/16");
	}

	@Test
	void indexListsEveryProfiledEndpoint() {
		HttpResponse<String> response = server.get(FLAME_GRAPH);
		assertThat(this.<List<String>>read(response, "$.endpoints[*].name"))
			.containsExactly("EndpointIT.WorkController.quiet", "burn");
		Map<String, Object> burn = this.<List<Map<String, Object>>>read(response, "$.endpoints[?(@.name=='burn')]")
			.get(0);
		assertThat(burn).containsEntry("handlers", List.of(WorkController.class.getName() + ".burn"))
			.containsEntry("patterns", List.of("GET /burn/{id}"));
		assertThat(JsonPath.<Integer>read(burn, "$.requests.profiled")).isPositive();
		assertThat(JsonPath.<Integer>read(burn, "$.events.cpu.samples")).isPositive();
		assertThat(JsonPath.<Number>read(burn, "$.events.cpu.weight").longValue()).isPositive();
		assertThat(JsonPath.<String>read(burn, "$.events.cpu.unit")).isEqualTo("ns");
		assertThat(JsonPath.<Map<String, ?>>read(burn, "$.latency")).containsOnlyKeys("count", "mean", "p50", "p95",
				"p99", "max");
		assertThat(JsonPath.<String>read(burn, "$.firstProfiled")).endsWith("Z");
		assertThat(JsonPath.<String>read(burn, "$.lastProfiled")).endsWith("Z");
		assertThat(JsonPath.<Integer>read(burn, "$.stacks")).isPositive();
		assertThat(JsonPath.<Integer>read(burn, "$.truncatedSamples")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "html,text/html;charset=UTF-8,burn.html", "svg,image/svg+xml,burn.svg",
			"json,application/json,burn.json", "collapsed,text/plain;charset=UTF-8,burn.txt",
			"speedscope,application/speedscope+json,burn.speedscope.json", "md,text/markdown;charset=UTF-8,burn.md" })
	void linksOfTheIndexLeadToTheFlameGraph(String format, String contentType, String fileName) {
		URI index = server.uri(FLAME_GRAPH);
		String link = this.<List<String>>read(server.get(FLAME_GRAPH), "$.endpoints[?(@.name=='burn')].links." + format)
			.get(0);
		HttpResponse<String> response = server.send("GET", index.resolve(link));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(contentType(response)).isEqualTo(contentType);
		assertThat(response.headers().firstValue("Content-Disposition"))
			.hasValue("inline; filename=\"" + fileName + "\"");
		assertThat(response.body()).contains("WorkController");
	}

	@Test
	void pprofIsZipped() {
		HttpResponse<String> response = server.get(BURN + "?format=pprof");
		assertThat(contentType(response)).isEqualTo("application/octet-stream");
		assertThat(response.headers().firstValue("Content-Disposition")).hasValue("inline; filename=\"burn.pb.gz\"");
		assertThat(response.body()).startsWith("\u001f");
	}

	@Test
	void partsOfAProfileAreLeftOut() {
		assertThat(server.get(BURN + "?format=collapsed&include=WorkController.burn&simple=true&root=WorkController")
			.body()
			.lines()).isNotEmpty().allMatch((line) -> line.startsWith("EndpointIT$WorkController.burn"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*/*                                                             | text/html;charset=UTF-8
			text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html;charset=UTF-8
			application/json, text/plain, */*                               | text/html;charset=UTF-8
			application/json                                                | application/json
			application/vnd.spring-boot.actuator.v3+json,application/json   | application/json
			text/plain                                                      | text/plain;charset=UTF-8
			""")
	void acceptChoosesTheFormat(String accept, String contentType) {
		HttpResponse<String> response = server.get(BURN, "Accept", accept);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(contentType(response)).isEqualTo(contentType);
	}

	@Test
	void withoutAcceptTheFormatIsHtml() {
		HttpResponse<String> response = server.get(BURN);
		assertThat(contentType(response)).isEqualTo("text/html;charset=UTF-8");
		assertThat(response.body()).startsWith("<!DOCTYPE html>");
	}

	@Test
	void whenNoFormatIsAcceptedThenNotAcceptable() {
		assertThat(server.get(BURN, "Accept", "image/png").statusCode()).isEqualTo(406);
	}

	@Test
	void formatParameterWinsOverAccept() {
		assertThat(contentType(server.get(BURN + "?format=json", "Accept", "text/html"))).isEqualTo(JSON);
		assertThat(contentType(server.get(BURN + "?format=HTML", "Accept", JSON))).isEqualTo("text/html;charset=UTF-8");
		assertThat(contentType(server.get(BURN + "?format=collapsed", "Accept", JSON)))
			.isEqualTo("text/plain;charset=UTF-8");
	}

	@Test
	void jsonHoldsTheWholeProfile() {
		HttpResponse<String> response = server.get(BURN + "?format=json&event=cpu&title=Burning");
		assertThat(JsonPath.<Map<String, ?>>read(response.body(), "$")).containsOnlyKeys("schema", "name", "title",
				"event", "unit", "handlers", "patterns", "requests", "inFlight", "skipped", "latency", "latencyBuckets",
				"firstProfiled", "lastProfiled", "samples", "weight", "interval", "split", "measured",
				"approximateRequests", "profiler", "dropped", "ignoredParameters", "ownPackages", "frames",
				"categories", "nodes");
		assertThat(this.<String>read(response, "$.name")).isEqualTo("burn");
		assertThat(this.<String>read(response, "$.title")).isEqualTo("Burning");
		assertThat(this.<List<String>>read(response, "$.ownPackages")).containsExactly("dev.profiled.it");
		List<String> methods = read(response, "$.frames.method");
		assertThat(methods).contains("burn");
		List<Integer> parents = read(response, "$.nodes.parent");
		assertThat(parents).startsWith(-1);
		List<Integer> samples = read(response, "$.nodes.samples");
		assertThat(samples).hasSameSizeAs(parents);
		assertThat(samples.stream().mapToInt(Integer::intValue).sum())
			.isEqualTo(this.<Integer>read(response, "$.samples"));
	}

	@Test
	void collapsedStacksEndWithTheirSamples() {
		assertThat(server.get(BURN + "?format=collapsed").body().lines()).isNotEmpty()
			.allMatch((line) -> line.matches("[^;]+(;[^;]+)* \\d+"))
			.anyMatch((line) -> line.contains(WorkController.class.getName() + ".burn"));
	}

	@Test
	void whenNothingWasProfiledYetThenTheFlameGraphIsEmpty() {
		String path = FLAME_GRAPH + "/EndpointIT.WorkController.quiet";
		HttpResponse<String> json = server.get(path + "?format=json");
		assertThat(json.statusCode()).isEqualTo(200);
		assertThat(this.<Integer>read(json, "$.requests")).isZero();
		assertThat(this.<Object>read(json, "$.latency")).isNull();
		assertThat(server.get(path).statusCode()).isEqualTo(200);
		assertThat(server.get(path + "?format=collapsed").body()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "format,png", "include,(", "depth,0", "event,disk", "theme,purple" })
	void whenAParameterIsNotAllowedThenBadRequest(String parameter, String value) {
		HttpResponse<String> response = server.get(BURN + "?" + parameter + "=" + value, "Accept", "text/html");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(contentType(response)).isEqualTo(JSON);
		assertThat(this.<String>read(response, "$.parameter")).isEqualTo(parameter);
		assertThat(this.<String>read(response, "$.value")).isEqualTo(value);
		assertThat(this.<String>read(response, "$.error")).contains(parameter);
		assertThat(this.<List<String>>read(response, "$.allowed")).isNotEmpty();
	}

	@Test
	void whenTheTitleIsTooLongThenBadRequest() {
		HttpResponse<String> response = server.get(BURN + "?title=" + "x".repeat(201));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(this.<String>read(response, "$.parameter")).isEqualTo("title");
		assertThat(server.get(BURN + "?title=" + "x".repeat(200)).statusCode()).isEqualTo(200);
	}

	@Test
	void whenTheNameIsGivenTwiceThenBadRequest() {
		HttpResponse<String> response = server.get(BURN + "?name=EndpointIT.WorkController.quiet");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(this.<String>read(response, "$.parameter")).isEqualTo("name");
	}

	@Test
	void parametersWithoutAValueAreTheSameAsNone() {
		assertThat(server.get(BURN + "?format=&event=&theme=&title=").statusCode()).isEqualTo(200);
	}

	@Test
	void unknownParametersAreNamedInAHeaderAndInTheJson() {
		HttpResponse<String> response = server
			.get(BURN + "?format=json&dpth=3&evnt=cpu&%0D%0Ainjected=1&gr%C3%B6%C3%9Fe=2");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Profiled-Ignored-Parameters"))
			.hasValue("%0D%0Ainjected, dpth, evnt, gr%C3%B6%C3%9Fe");
		assertThat(response.headers().firstValue("injected")).isEmpty();
		assertThat(this.<List<String>>read(response, "$.ignoredParameters")).containsExactly("%0D%0Ainjected", "dpth",
				"evnt", "gr%C3%B6%C3%9Fe");
		assertThat(server.get(FLAME_GRAPH + "?x=1").headers().firstValue("Profiled-Ignored-Parameters")).hasValue("x");
		assertThat(server.get(BURN).headers().firstValue("Profiled-Ignored-Parameters")).isEmpty();
	}

	@Test
	void unknownParametersBeyondAllMeasureAreCounted() {
		String many = IntStream.rangeClosed(10, 21)
			.mapToObj((i) -> "p" + i + "x".repeat(60) + "=1")
			.collect(Collectors.joining("&"));
		HttpResponse<String> response = server.get(BURN + "?format=json&" + many);
		List<String> ignored = read(response, "$.ignoredParameters");
		assertThat(ignored).hasSize(11).endsWith("2 more");
		assertThat(ignored.get(0)).isEqualTo("p10" + "x".repeat(37) + "...");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "_assets", "%3Cscript%3Ealert(1)", "%C3%A9", "a%20b", "burn.", "BURN",
			"%7Bname%7D", "a%0D%0AX-Injected:%201" })
	void whenTheNameIsNotKnownThenNotFoundWithTheNamesThereAre(String name) {
		HttpResponse<String> response = server.get(FLAME_GRAPH + "/" + name, "Accept", "text/html");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(contentType(response)).isEqualTo(JSON);
		assertThat(this.<List<String>>read(response, "$.names")).containsExactly("EndpointIT.WorkController.quiet",
				"burn");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb", "..%2F..%2Fetc", "a%00b", "%2e%2e/env" })
	void whenTheNameIsNoPartOfAPathThenTheServerRefuses(String name) {
		HttpResponse<String> response = server.get(FLAME_GRAPH + "/" + name);
		assertThat(response.statusCode()).isIn(400, 404);
		assertThat(response.body()).doesNotContain("Exception");
	}

	@Test
	void hostileTitlesStayText() {
		String title = "</script><script>alert(1)</script>\"'&\u2028end";
		String query = "?title=" + URLEncoder.encode(title, StandardCharsets.UTF_8);
		assertThat(server.get(BURN + query).body()).doesNotContain("<script>alert(1)").contains("&lt;/script&gt;");
		HttpResponse<String> json = server.get(BURN + query + "&format=json");
		assertThat(json.body()).doesNotContain("<script>");
		assertThat(this.<String>read(json, "$.title")).isEqualTo(title);
	}

	@Test
	void whenAccessIsReadOnlyThenNothingCanBeForgotten() {
		assertThat(server.delete(BURN).statusCode()).isEqualTo(405);
		assertThat(server.delete(FLAME_GRAPH).statusCode()).isEqualTo(405);
		assertThat(server.send("POST", server.uri(BURN)).statusCode()).isEqualTo(405);
	}

	@Test
	void whenAccessIsUnrestrictedThenProfilesCanBeForgotten() {
		try (TestServer server = TestServer.run(Application.class,
				"management.endpoints.web.exposure.include=flamegraph",
				"management.endpoint.flamegraph.access=unrestricted")) {
			assertThat(this.<List<String>>read(server.get(FLAME_GRAPH), "$.operations")).containsExactly("read",
					"reset");
			burnUntilSampled(server, "", server.uri(BURN + "?format=json"));
			HttpResponse<String> misplaced = server.delete(FLAME_GRAPH + "?name=burn");
			assertThat(misplaced.statusCode()).isEqualTo(400);
			assertThat(this.<String>read(misplaced, "$.error")).isEqualTo("'name' must be given in the path only");
			assertThat(this.<Integer>read(server.get(BURN + "?format=json"), "$.samples")).isPositive();
			assertThat(server.delete(BURN).statusCode()).isEqualTo(204);
			assertForgotten(server);
			burnUntilSampled(server, "", server.uri(BURN + "?format=json"));
			assertThat(server.delete(FLAME_GRAPH).statusCode()).isEqualTo(204);
			assertForgotten(server);
			HttpResponse<String> unknown = server.delete(FLAME_GRAPH + "/nothing");
			assertThat(unknown.statusCode()).isEqualTo(404);
			assertThat(this.<List<String>>read(unknown, "$.names")).contains("burn");
			assertThat(server.delete(BURN + "?name=burn").statusCode()).isEqualTo(400);
		}
	}

	private void assertForgotten(TestServer server) {
		HttpResponse<String> response = server.get(BURN + "?format=json");
		assertThat(this.<Integer>read(response, "$.samples")).isZero();
		assertThat(this.<Integer>read(response, "$.requests")).isZero();
		assertThat(this.<Map<?, ?>>read(response, "$.skipped")).isEmpty();
	}

	@Test
	void whenManagementHasItsOwnPortAndPathsThenTheEndpointIsThere() {
		try (TestServer server = TestServer.run(Application.class, "server.servlet.context-path=/shop",
				"management.server.port=0", "management.server.address=127.0.0.1",
				"management.server.base-path=/internal", "management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.flamegraph=debug/flames",
				"management.endpoints.web.exposure.include=flamegraph")) {
			URI index = server.managementUri("/internal/manage/debug/flames");
			burnUntilSampled(server, "/shop", URI.create(index + "/burn?format=json&dpth=1"));
			HttpResponse<String> response = server.send("GET", index);
			String link = this.<List<String>>read(response, "$.endpoints[?(@.name=='burn')].links.json").get(0);
			HttpResponse<String> json = server.send("GET", index.resolve(link + "&dpth=1"));
			assertThat(json.statusCode()).isEqualTo(200);
			assertThat(json.headers().firstValue("Profiled-Ignored-Parameters")).hasValue("dpth");
			assertThat(this.<List<String>>read(json, "$.patterns")).containsExactly("GET /burn/{id}");
		}
	}

	@Test
	void whenTheEndpointIsNotExposedThenItIsNotFound() {
		try (TestServer server = TestServer.run(Application.class)) {
			assertThat(server.get("/burn/1").statusCode()).isEqualTo(200);
			assertThat(server.get(FLAME_GRAPH).statusCode()).isEqualTo(404);
			assertThat(server.get(BURN).statusCode()).isEqualTo(404);
		}
	}

	// Samples are not taken before the session is armed.
	private static void burnUntilSampled(TestServer server, String contextPath, URI flameGraph) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
			assertThat(server.get(contextPath + "/burn/1").statusCode()).isEqualTo(200);
			HttpResponse<String> response = server.send("GET", flameGraph);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			assertThat(JsonPath.<List<String>>read(response.body(), "$.frames.method")).contains("burn");
		});
	}

	private <T> T read(HttpResponse<String> response, String path) {
		return JsonPath.read(response.body(), path);
	}

	private static String contentType(HttpResponse<String> response) {
		return response.headers().firstValue("Content-Type").orElse("none");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(WorkController.class)
	static class Application {

	}

	@RestController
	@RequestMapping
	static class WorkController {

		private double sum;

		@GetMapping("/burn/{id}")
		@Profiled("burn")
		String burn(@PathVariable String id) {
			// by its own CPU time, since the machine may be busy
			ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			long end = threads.getCurrentThreadCpuTime() + Duration.ofMillis(50).toNanos();
			while (threads.getCurrentThreadCpuTime() < end) {
				for (int i = 0; i < 10_000; i++) {
					this.sum += Math.sqrt(this.sum + id.length());
				}
			}
			return "burnt";
		}

		@GetMapping("/quiet")
		@Profiled
		String quiet() {
			return "quiet";
		}

	}

}
