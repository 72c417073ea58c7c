package dev.profiled.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 * graph, and each endpoint tells its own story.
 * <p>
 * How long a request waits for a core depends on what else this machine has to do, so
 * that the stories are told by the rest of the elapsed time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.boot.admin.client.enabled=false")
class SampleTourIT {

	private static final String OWN_PACKAGE = "dev.profiled.sample.";

	private static final List<String> ENDPOINTS = List.of("sales-report", "OrderController.list", "order-lookup",
			"stock-update", "order-export", "supplier-quote");

	/** What of a split tells nothing about the endpoint. */
	private static final Set<String> NO_STORY = Set.of("requests", "elapsed", "core");

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
	void salesReportIsOnTheCpu() throws Exception {
		// The first requests spend their time on loading classes.
		await(Duration.ofMinutes(3)).until(() -> samples(endpoints().get("sales-report")) >= 100);
		JsonNode profile = profile("sales-report", "cpu");
		assertThat(dominant(profile)).as("%s", profile.get("split")).isEqualTo("cpu");
		Map<String, Long> ownSelf = ownSelfWeights(profile);
		assertThat(ownSelf).as("own methods").isNotEmpty();
		assertThat(Collections.max(ownSelf.entrySet(), Map.Entry.comparingByValue()).getKey())
			.as("leads the own methods, with the library frames below them: %s", ownSelf)
			.isEqualTo("dev.profiled.sample.report.SalesReport.trend");
		// 100 samples have a standard error of a tenth
		assertThat(profile.at("/measured/sampledCpuTime").asDouble() / profile.at("/measured/cpuTime").asDouble())
			.as("sampled of the measured CPU time")
			.isBetween(0.7, 1.3);
	}

	@Test
	void listOfOrdersWaitsForTheDatabase() throws Exception {
		awaitRequests("OrderController.list", 100);
		JsonNode profile = profile("OrderController.list", "wall");
		assertThat(dominant(profile)).as("%s", profile.get("split")).isEqualTo("socket");
		Map<String, Long> waits = leaves(profile, "org.h2.");
		long socket = profile.at("/split/socket").asLong();
		assertThat(waits.getOrDefault("[socket I/O]", 0L)).as("below H2's client: %s", waits)
			.isGreaterThan(socket * 9 / 10);
	}

	@Test
	void supplierQuoteWaitsForTheSupplier() throws Exception {
		awaitRequests("supplier-quote", 100);
		JsonNode profile = profile("supplier-quote", "wall");
		assertThat(dominant(profile)).as("%s", profile.get("split")).isEqualTo("socket");
		assertThat(profile.at("/split/socket").asLong()).as("%s", profile.get("split"))
			.isGreaterThan(profile.at("/split/elapsed").asLong() / 2);
		Map<String, Long> waits = leaves(profile, "dev.profiled.sample.supplier.SupplierClient");
		assertThat(waits.getOrDefault("[socket I/O]", 0L)).as("below the supplier's client: %s", waits)
			.isGreaterThan(profile.at("/split/socket").asLong() * 9 / 10);
	}

	@Test
	void stockUpdateWaitsForTheLockOfTheWarehouse() throws Exception {
		awaitRequests("stock-update", 100);
		JsonNode profile = profile("stock-update", "lock");
		assertThat(dominant(profile)).as("%s", profile.get("split")).isEqualTo("lock");
		Map<String, Long> locks = leaves(profile, "dev.profiled.sample.stock.StockService");
		// the rest is short waits elsewhere, each of which stands for many
		assertThat(locks.getOrDefault("java.util.concurrent.locks.ReentrantLock$NonfairSync", 0L))
			.as("below the warehouse: %s", locks)
			.isGreaterThan(profile.get("weight").asLong() / 2)
			.isEqualTo(Collections.max(locks.values()));
	}

	@Test
	void orderExportAllocates() throws Exception {
		awaitRequests("order-export", 20);
		Map<String, JsonNode> endpoints = endpoints();
		double export = allocatedPerRequest(endpoints.remove("order-export"));
		assertThat(endpoints).allSatisfy((name, endpoint) -> assertThat(allocatedPerRequest(endpoint))
			.as("bytes per request, of the export's %.0f", export)
			.isLessThan(export / 4));
		Map<String, Long> types = leaves(profile("order-export", "alloc"), "dev.profiled.sample.order.OrderCsv");
		assertThat(Collections.max(types.entrySet(), Map.Entry.comparingByValue()).getKey()).as("%s", types)
			.isEqualTo("byte[]");
	}

	@Test
	void orderLookupIsSlowForOneInTwenty() throws Exception {
		awaitRequests("order-lookup", 500);
		JsonNode profile = profile("order-lookup", "cpu");
		assertThat(profile.at("/latency/p99").asLong()).as("%s", profile.get("latency"))
			.isGreaterThan(5 * profile.at("/latency/p50").asLong());
		Map<String, Long> ownSelf = ownSelfWeights(profile);
		assertThat(Collections.max(ownSelf.entrySet(), Map.Entry.comparingByValue()).getKey())
			.as("leads the own methods, though one request in twenty calls it: %s", ownSelf)
			.isEqualTo("dev.profiled.sample.order.EventLog.parse");
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

	private void awaitRequests(String name, int requests) {
		await(Duration.ofMinutes(3)).until(() -> {
			JsonNode endpoint = endpoints().get(name);
			return endpoint != null && endpoint.at("/requests/profiled").asLong() >= requests;
		});
	}

	private static long samples(JsonNode endpoint) {
		return endpoint.at("/events/cpu/samples").asLong();
	}

	private static double allocatedPerRequest(JsonNode endpoint) {
		return endpoint.at("/measured/allocatedBytes").asDouble() / endpoint.at("/measured/requests").asLong();
	}

	private static String dominant(JsonNode profile) {
		return profile.get("split")
			.propertyStream()
			.filter((part) -> !NO_STORY.contains(part.getKey()))
			.max(Comparator.comparingLong((part) -> part.getValue().asLong()))
			.orElseThrow()
			.getKey();
	}

	/**
	 * Sum the weights that end below frames of some classes, by what they end in.
	 * @param profile the profile, with its nodes in preorder
	 * @param classes how the names of these classes begin
	 * @return the weight by leaf
	 */
	private static Map<String, Long> leaves(JsonNode profile, String classes) {
		JsonNode frames = profile.get("frames");
		JsonNode nodes = profile.get("nodes");
		int size = nodes.get("parent").size();
		boolean[] below = new boolean[size];
		Map<String, Long> weights = new HashMap<>();
		for (int node = 0; node < size; node++) {
			int parent = nodes.get("parent").get(node).asInt();
			int frame = nodes.get("frame").get(node).asInt();
			long weight = nodes.get("weight").get(node).asLong();
			if (frame >= 0) {
				String type = frames.get("class").get(frame).asString();
				below[node] = below[parent] || type.startsWith(classes);
				if (below[node] && weight > 0) {
					weights.merge(type + frames.get("method").get(frame).asString(), weight, Long::sum);
				}
			}
		}
		return weights;
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

	private JsonNode profile(String name, String event) throws IOException, InterruptedException {
		return getJson("/actuator/flamegraph/" + name + "?format=json&event=" + event);
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
