package dev.profiled.sample.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.profiled.sample.LocalServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficGenerator}.
 */
class TrafficGeneratorTests {

	private static final Predicate<String> IS_CALLER = (name) -> name.startsWith("traffic-");

	private static final int NO_ANSWER = 0;

	private final Queue<String> calls = new ConcurrentLinkedQueue<>();

	private final AtomicInteger status = new AtomicInteger(200);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	private ApplicationContextRunner application;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
		this.application = new ApplicationContextRunner()
			.withPropertyValues("local.server.port=" + this.server.getAddress().getPort())
			.withUserConfiguration(LocalServer.class, TrafficGenerator.class);
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void callsEveryEndpoint() {
		this.application.run((context) -> awaitEveryEndpoint());
	}

	@Test
	void whenDisabledThereIsNoGenerator() {
		this.application.withPropertyValues("sample.traffic.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TrafficGenerator.class));
	}

	@Test
	void whenServerAnswersWithAnErrorGoesOnCalling() {
		this.status.set(500);
		this.application.run((context) -> {
			awaitEveryEndpoint();
			this.calls.clear();
			awaitEveryEndpoint();
		});
	}

	@Test
	void whenServerDoesNotAnswerGoesOnCalling() {
		this.status.set(NO_ANSWER);
		this.application.run((context) -> {
			awaitEveryEndpoint();
			this.calls.clear();
			awaitEveryEndpoint();
		});
	}

	@Test
	void whenContextClosesThereAreNoCallersLeft() {
		this.application.run((context) -> {
			awaitEveryEndpoint();
			assertThat(threadNames()).anyMatch(IS_CALLER);
		});
		await().untilAsserted(() -> assertThat(threadNames()).noneMatch(IS_CALLER));
	}

	@Test
	void whenContextStartsAgainCallsAgain() {
		this.application.run((context) -> {
			awaitEveryEndpoint();
			context.stop();
			this.calls.clear();
			context.start();
			awaitEveryEndpoint();
		});
	}

	@Test
	void looksUpOneArchivedOrderInTwenty() {
		this.application.run((context) -> await().until(() -> orders().size() >= 40));
		assertThat(orders().subList(0, 20)).filteredOn((order) -> order % 20 == 0).hasSize(1);
		assertThat(orders().subList(20, 40)).filteredOn((order) -> order % 20 == 0).hasSize(1);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	private static List<String> threadNames() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	private List<Integer> orders() {
		return this.calls.stream()
			.filter((call) -> call.matches("GET /orders/\\d+"))
			.map((call) -> Integer.valueOf(call.substring(call.lastIndexOf('/') + 1)))
			.toList();
	}

	private void awaitEveryEndpoint() {
		await().untilAsserted(() -> assertThat(this.calls).anyMatch((call) -> call.startsWith("GET /reports/sales?"))
			.anyMatch((call) -> call.startsWith("GET /orders?page="))
			.anyMatch((call) -> call.matches("GET /orders/\\d+"))
			.anyMatch((call) -> call.matches("POST /products/\\d+/stock\\?quantity=-?3"))
			.anyMatch((call) -> call.startsWith("GET /orders/export?month=2025-0"))
			.anyMatch((call) -> call.matches("GET /products/\\d+/quote")));
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
		if (this.status.get() != NO_ANSWER) {
			exchange.sendResponseHeaders(this.status.get(), -1);
		}
		exchange.close();
	}

}
