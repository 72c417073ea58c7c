package dev.profiled.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.profiled.Profiled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order desk, over HTTP and without traffic but their own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.traffic.enabled=false", "spring.boot.admin.client.enabled=false" })
class OrderDeskTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	@Autowired
	private LocalServer server;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ApplicationContext context;

	@Test
	void whenTrafficIsDisabledThereIsNoGenerator() {
		assertThat(this.context.containsBean("orderDeskData")).isTrue();
		assertThat(this.context.containsBean("trafficGenerator")).isFalse();
	}

	@Test
	void salesReportAddsUp() throws Exception {
		JsonNode report = getJson("/reports/sales?year=2025&half=1");
		assertThat(report.get("from").asString()).isEqualTo("2025-01-01");
		assertThat(report.get("to").asString()).isEqualTo("2025-06-30");
		assertThat(report.get("series")).hasSize(30);
		BigDecimal revenue = BigDecimal.ZERO;
		for (JsonNode series : report.get("series")) {
			revenue = revenue.add(series.get("revenue").decimalValue());
			assertThat(series.get("trend")).hasSize(181);
		}
		assertThat(revenue).isEqualByComparingTo(this.jdbc.sql("""
				select sum(total) from customer_order
				where ordered_on between date '2025-01-01' and date '2025-06-30' and status <> 'ARCHIVED'""")
			.query(BigDecimal.class)
			.single());
	}

	@Test
	void whenThereIsNoSuchHalfSalesReportIsABadRequest() throws Exception {
		assertThat(get("/reports/sales?half=3").statusCode()).isEqualTo(400);
		assertThat(get("/reports/sales?year=1000000000").statusCode()).isEqualTo(400);
	}

	@Test
	void listShowsAPageOfOrders() throws Exception {
		JsonNode orders = getJson("/orders?page=1");
		assertThat(orders).hasSize(100);
		assertThat(orders.get(0).get("id").asInt()).isEqualTo(9900);
		assertThat(orders.get(99).get("id").asInt()).isEqualTo(9801);
		JsonNode order = orders.get(1);
		assertThat(order.get("customer").asString()).contains(" ");
		assertThat(totalOf(order)).isEqualByComparingTo(order.get("total").decimalValue());
		assertThat(getJson("/orders?page=100")).isEmpty();
		assertThat(get("/orders?page=-1").statusCode()).isEqualTo(400);
	}

	@Test
	void lookupShowsOrderAndOthersOfItsCustomer() throws Exception {
		JsonNode details = getJson("/orders/141");
		JsonNode order = details.get("order");
		assertThat(order.get("status").asString()).isEqualTo("SHIPPED");
		assertThat(totalOf(order)).isEqualByComparingTo(order.get("total").decimalValue());
		assertThat(details.get("sameCustomer")).isNotEmpty()
			.noneMatch((other) -> other.get("id").asInt() == order.get("id").asInt());
		assertThat(get("/orders/10001").statusCode()).isEqualTo(404);
	}

	@Test
	void lookupReconstructsOneOrderInTwenty() throws Exception {
		int archived = 0;
		for (int id = 101; id <= 200; id++) {
			JsonNode order = getJson("/orders/" + id).get("order");
			assertThat(totalOf(order)).as("order %d", id).isEqualByComparingTo(order.get("total").decimalValue());
			if (order.get("status").asString().equals("ARCHIVED")) {
				archived++;
			}
		}
		assertThat(archived).isEqualTo(5);
	}

	@Test
	void everyArchivedOrderIsInTheArchive() throws Exception {
		for (int id = 20; id <= 10_000; id += 20 * 37) {
			JsonNode order = getJson("/orders/" + id).get("order");
			assertThat(order.get("status").asString()).isEqualTo("ARCHIVED");
			assertThat(totalOf(order)).isEqualByComparingTo(order.get("total").decimalValue());
		}
	}

	@Test
	void exportIsACsvOfAMonth() throws Exception {
		HttpResponse<String> export = get("/orders/export?month=2025-02");
		assertThat(export.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(export.headers().firstValue("Content-Disposition"))
			.hasValue("attachment; filename=\"orders-2025-02.csv\"");
		List<String> lines = export.body().lines().toList();
		assertThat(lines.get(0)).startsWith("order,day,");
		assertThat(lines).hasSizeGreaterThan(500);
		assertThat(lines.subList(1, lines.size())).allMatch(
				(line) -> line.matches("\\d{8},\\d\\d\\.02\\.2025,\".+\",\\d+,\"[0-9.,]+ EUR\",\"[0-9.,]+ EUR\""));
	}

	@Test
	void concurrentStockUpdatesLoseNothing() throws Exception {
		int before = inStock(11);
		List<CompletableFuture<HttpResponse<String>>> bookings = IntStream.range(0, 300)
			.mapToObj((number) -> this.client.sendAsync(booking(11, (number % 3 == 0) ? -1 : 2),
					HttpResponse.BodyHandlers.ofString()))
			.toList();
		for (CompletableFuture<HttpResponse<String>> booking : bookings) {
			assertThat(booking.get().statusCode()).isEqualTo(200);
		}
		assertThat(inStock(11)).isEqualTo(before + 300);
		assertThat(this.jdbc.sql("select count(*) from stock_movement where product_id = 11")
			.query(Integer.class)
			.single()).as("movements kept").isEqualTo(250);
	}

	@Test
	void stockUpdateAnswersWhatIsThere() throws Exception {
		JsonNode stock = this.json.readTree(send(booking(12, -4)).body());
		assertThat(stock.get("productId").asInt()).isEqualTo(12);
		assertThat(stock.get("inStock").asInt()).isEqualTo(996);
		assertThat(stock.get("reorderAt").asInt()).isEqualTo(4);
	}

	@Test
	void whenThereIsNotEnoughStockUpdateChangesNothing() throws Exception {
		int before = inStock(13);
		assertThat(send(booking(13, -before - 1)).statusCode()).isEqualTo(409);
		assertThat(inStock(13)).isEqualTo(before);
		assertThat(send(booking(201, 1)).statusCode()).isEqualTo(404);
	}

	@Test
	void quoteTakesTheCheapestOffers() throws Exception {
		JsonNode quote = getJson("/products/7/quote?quantity=200");
		assertThat(quote.get("quantity").asInt()).isEqualTo(200);
		List<BigDecimal> prices = quote.get("offers")
			.valueStream()
			.map((offer) -> offer.get("price").decimalValue())
			.toList();
		assertThat(prices).isNotEmpty().isSorted();
		BigDecimal total = quote.get("total").decimalValue();
		assertThat(total).isBetween(prices.get(0).multiply(BigDecimal.valueOf(200)),
				prices.get(prices.size() - 1).multiply(BigDecimal.valueOf(200)));
	}

	@Test
	void startPageLinksToEachFlameGraph() throws Exception {
		HttpResponse<String> page = get("/");
		assertThat(page.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/html"));
		Set<String> names = profiledNames();
		assertThat(names).containsExactlyInAnyOrder("sales-report", "OrderController.list", "order-lookup",
				"stock-update", "order-export", "supplier-quote");
		assertThat(names).allSatisfy((name) -> assertThat(page.body())
			.contains("<a href=\"/actuator/flamegraph/" + name + "\">flame graph</a>"));
		assertThat(page.body()).contains("<a href=\"/actuator/flamegraph\">");
	}

	@Test
	void startPageLinksLeadSomewhere() throws Exception {
		String page = get("/").body();
		List<String> links = Stream.of(page.split("href=\""))
			.skip(1)
			.map((rest) -> rest.substring(0, rest.indexOf('"')).replace("&amp;", "&"))
			.filter((link) -> link.startsWith("/") && !link.startsWith("/actuator"))
			.toList();
		assertThat(links).hasSize(7).contains("/admin");
		for (String link : links) {
			assertThat(get(link).statusCode()).as(link).isEqualTo(200);
		}
	}

	@Test
	void startPageNeedsNothingFromElsewhere() throws Exception {
		assertThat(get("/").body()).doesNotContain("http:", "https:", "src=", "@import", "url(");
	}

	private Set<String> profiledNames() {
		Set<String> names = new HashSet<>();
		for (HandlerMethod handler : this.context
			.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.values()) {
			Profiled profiled = handler.getMethodAnnotation(Profiled.class);
			if (profiled != null) {
				names.add(profiled.value().isEmpty()
						? handler.getBeanType().getSimpleName() + "." + handler.getMethod().getName()
						: profiled.value());
			}
		}
		return names;
	}

	private BigDecimal totalOf(JsonNode order) {
		BigDecimal total = BigDecimal.ZERO;
		for (JsonNode line : order.get("lines")) {
			total = total.add(line.get("unitPrice").decimalValue().multiply(line.get("quantity").decimalValue()));
		}
		return total;
	}

	private int inStock(int product) {
		return this.jdbc.sql("select in_stock from product where id = ?").param(product).query(Integer.class).single();
	}

	private JsonNode getJson(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		return this.json.readTree(response.body());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(this.server.address() + path)).build());
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest booking(int product, int quantity) {
		return HttpRequest
			.newBuilder(URI.create(this.server.address() + "/products/" + product + "/stock?quantity=" + quantity))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
	}

}
