package dev.profiled.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody sees who starts the sample and waits: its own traffic fills every flame
 * graph, and that of the sales report names the culprit.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.boot.admin.client.enabled=false")
class SampleTourIT {

	private static final String OWN_PACKAGE = "dev.profiled.sample.";

	private static final List<String> ENDPOINTS = List.of("sales-report", "OrderController.list", "order-lookup",
			"stock-update", "order-export", "supplier-quote");

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	@Autowired
	private LocalServer server;

	@Test
	void withinAMinuteEveryEndpointHasSamples() {
		await(Duration.ofMinutes(1)).untilAsserted(() -> {
			Map<String, JsonNode> endpoints = endpoints();
			assertThat(endpoints).containsOnlyKeys(ENDPOINTS);
			assertThat(endpoints).allSatisfy((name, endpoint) -> {
				assertThat(endpoint.at("/requests/profiled").asLong()).as("requests profiled").isPositive();
				assertThat(samples(endpoint)).as("CPU samples").isPositive();
			});
		});
	}

	@Test
	void salesReportNamesItsHotMethod() throws Exception {
		// The first requests spend their time on loading classes.
		await(Duration.ofMinutes(3)).until(() -> samples(endpoints().get("sales-report")) >= 100);
		Map<String, Long> ownSelf = ownSelfWeights(getJson("/actuator/flamegraph/sales-report?format=json"));
		assertThat(ownSelf).as("own methods").isNotEmpty();
		assertThat(Collections.max(ownSelf.entrySet(), Map.Entry.comparingByValue()).getKey())
			.as("leads the own methods, with the library frames below them: %s", ownSelf)
			.isEqualTo("dev.profiled.sample.report.SalesReport.aggregate");
	}

	private static ConditionFactory await(Duration atMost) {
		return Awaitility.await().atMost(atMost).pollInterval(Duration.ofSeconds(1));
	}

	private Map<String, JsonNode> endpoints() throws IOException, InterruptedException {
		Map<String, JsonNode> endpoints = new HashMap<>();
		for (JsonNode endpoint : getJson("/actuator/flamegraph").get("endpoints")) {
			endpoints.put(endpoint.get("name").asString(), endpoint);
		}
		return endpoints;
	}

	private static long samples(JsonNode endpoint) {
		return endpoint.at("/events/cpu/samples").asLong();
	}

	/**
	 * Sum the weights that end in a method of the application, or in library frames below
	 * it.
	 * @param profile the profile, with its nodes in preorder
	 * @return the weight by method
	 */
	private Map<String, Long> ownSelfWeights(JsonNode profile) {
		JsonNode frames = profile.get("frames");
		JsonNode nodes = profile.get("nodes");
		int size = nodes.get("parent").size();
		String[] owner = new String[size];
		Map<String, Long> weights = new HashMap<>();
		for (int node = 0; node < size; node++) {
			int parent = nodes.get("parent").get(node).asInt();
			int frame = nodes.get("frame").get(node).asInt();
			owner[node] = (parent >= 0) ? owner[parent] : null;
			if (frame >= 0) {
				String type = frames.get("class").get(frame).asString();
				if (type.startsWith(OWN_PACKAGE)) {
					owner[node] = type + "." + frames.get("method").get(frame).asString();
				}
			}
			if (owner[node] != null) {
				weights.merge(owner[node], nodes.get("weight").get(node).asLong(), Long::sum);
			}
		}
		return weights;
	}

	private JsonNode getJson(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.server.address() + path))
			.header("Accept", "application/json")
			.build();
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
		return this.json.readTree(response.body());
	}

}
