package dev.profiled.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import dev.profiled.Profiled;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Windows of requests to a real server, in every way in which one can be dispatched.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProfilingHandlerInterceptorTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	private static RequestProfiler profiler;

	private final List<RequestWindow> windows = new ArrayList<>();

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class)
			.properties("server.address=127.0.0.1", "server.port=0")
			.run();
		profiler = context.getBean(RequestProfiler.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void open() {
		profiler.gate().onDemand(() -> {
		});
		profiler.gate().set(ProfilingGate.State.OPEN);
	}

	@AfterEach
	void nothingIsLeftBehind() {
		Awaitility.await().untilAsserted(() -> {
			assertThat(context.getBean(ProfilingSlots.class).taken()).isZero();
			assertThat(context.getBean(ProfiledEndpoints.class).all()).allMatch((endpoint) -> endpoint.underWay() == 0);
		});
		profiler.drain((window) -> {
		});
	}

	@Test
	void aProfiledHandlerHasAWindow() {
		assertThat(get("/plain")).isEqualTo("plain");
		assertThat(windows()).containsExactly("plain CLOSED");
		assertThat(this.windows.get(0).end()).isGreaterThan(this.windows.get(0).start());
	}

	@Test
	void otherHandlersHaveNone() {
		assertThat(get("/unprofiled")).isEqualTo("unprofiled");
		assertThat(windows()).isEmpty();
	}

	@Test
	void aForwardIsAWindowInsideThatOfTheRequest() {
		assertThat(get("/forward?to=/plain")).isEqualTo("plain");
		assertThat(windows()).containsExactly("forward CLOSED", "plain CLOSED in forward");
	}

	@Test
	void aForwardOfAForwardIsAWindowInsideBoth() {
		assertThat(get("/forward?to=/forward-again")).isEqualTo("plain");
		assertThat(windows()).containsExactly("forward CLOSED", "forward-again CLOSED in forward",
				"plain CLOSED in forward-again");
	}

	@Test
	void anIncludeIsAWindowInsideThatOfTheRequest() {
		assertThat(get("/include?to=/plain")).isEqualTo("plain");
		assertThat(windows()).containsExactly("include CLOSED", "plain CLOSED in include");
	}

	@Test
	void aForwardBetweenProfiledAndOtherHandlersIsOneWindow() {
		assertThat(get("/forward?to=/unprofiled")).isEqualTo("unprofiled");
		assertThat(windows()).containsExactly("forward CLOSED");
		assertThat(get("/unprofiled-forward?to=/plain")).isEqualTo("plain");
		assertThat(windows()).containsExactly("plain CLOSED");
	}

	@Test
	void whenAForwardIsNotProfiledThenTheRequestStillIs() throws Exception {
		Map.Entry<RequestWindow, String> forward = onlyWindowAfter("/forward?to=/plain&closing=true");
		assertThat(forward.getValue()).isEqualTo("forward OPEN");
		Awaitility.await()
			.untilAsserted(() -> assertThat(forward.getKey().state()).isEqualTo(RequestWindow.State.CLOSED));
	}

	@Test
	void whenOnlyTheForwardIsProfiledThenItsWindowIsItsOwn() throws Exception {
		profiler.gate().set(ProfilingGate.State.CLOSED);
		assertThat(onlyWindowAfter("/forward?to=/plain&opening=true").getValue()).isEqualTo("plain CLOSED");
	}

	@Test
	void whenTheHandlerThrowsThenTheErrorDispatchIsAWindowOfItsOwn() {
		assertThat(get("/throw")).isEqualTo("error");
		assertThat(windows()).containsExactly("throw CLOSED", "error CLOSED");
	}

	@Test
	void whenTheExceptionIsHandledThenThereIsOneWindow() {
		assertThat(get("/handled")).isEqualTo("handled");
		assertThat(windows()).containsExactly("handled CLOSED");
	}

	@Test
	void whenAnotherInterceptorEndsTheRequestThenTheWindowIsClosed() {
		assertThat(get("/plain?veto=true")).isEmpty();
		assertThat(windows()).containsExactly("plain CLOSED");
	}

	@Test
	void asynchronousRequestsGiveTheirWindowUp() {
		assertThat(get("/callable")).isEqualTo("callable");
		assertThat(windows()).containsExactly("callable ASYNC");
		assertThat(get("/deferred")).isEqualTo("deferred");
		assertThat(windows()).containsExactly("deferred ASYNC");
		assertThat(get("/streaming")).isEqualTo("streaming");
		assertThat(windows()).containsExactly("streaming ASYNC");
	}

	@Test
	void whenTheForwardIsAsynchronousThenBothGiveTheirWindowUp() {
		assertThat(get("/forward?to=/callable")).isEqualTo("callable");
		assertThat(windows()).containsExactly("forward ASYNC", "callable ASYNC in forward");
	}

	@Test
	void whenAnAsynchronousRequestFailsThenOnlyTheErrorDispatchIsAnotherWindow() {
		assertThat(get("/callable?fail=true")).isEqualTo("error");
		// on another thread, so in any order
		assertThat(windows()).containsExactlyInAnyOrder("callable ASYNC", "error CLOSED");
	}

	@Test
	void whenNoPlaceIsFreeThenTheRequestIsCountedAndServed() throws Exception {
		ProfiledEndpoint plain = context.getBean(ProfiledEndpoints.class).find("plain");
		long busy = plain.skippedCount(SkipReason.BUSY);
		CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> get("/wait"));
		Controller.arrived.await();
		assertThat(get("/plain")).isEqualTo("plain");
		assertThat(plain.skippedCount(SkipReason.BUSY)).isEqualTo(busy + 1);
		Controller.leave.countDown();
		assertThat(waiting.get()).isEqualTo("wait");
		assertThat(windows()).containsExactly("wait CLOSED");
	}

	@Test
	void whenProfilingFailsThenTheRequestDoesNotAndOneWarningIsLogged(CapturedOutput output) {
		profiler.gate().onDemand(() -> {
			throw new IllegalStateException("for the test");
		});
		for (int i = 0; i < 3; i++) {
			profiler.gate().set(ProfilingGate.State.CLOSED);
			assertThat(get("/forward?to=/plain")).isEqualTo("plain");
		}
		assertThat(windows()).isEmpty();
		assertThat(output.getOut().lines().filter((line) -> line.contains("could not be profiled"))).hasSize(1)
			.first()
			.asString()
			.contains("WARN");
	}

	private static Map.Entry<RequestWindow, String> onlyWindowAfter(String path) throws Exception {
		Controller.afterForward = new CompletableFuture<>();
		assertThat(get(path)).isEqualTo("plain");
		List<Map.Entry<RequestWindow, String>> windows = Controller.afterForward.get(5, TimeUnit.SECONDS);
		assertThat(windows).hasSize(1);
		return windows.get(0);
	}

	private static String get(String path) {
		try {
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
			HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
			return response.body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// The answer may arrive before the window is closed.
	private List<String> windows() {
		this.windows.clear();
		profiler.drain(this.windows::add);
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.windows.stream().allMatch((window) -> window.state() != RequestWindow.State.OPEN));
		return this.windows.stream().map(ProfilingHandlerInterceptorTests::describe).toList();
	}

	private static String describe(RequestWindow window) {
		RequestWindow outer = window.outer();
		return window.endpoint().name() + " " + window.state()
				+ ((outer != null) ? " in " + outer.endpoint().name() : "");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Controller.class, ErrorHandler.class })
	static class Application {

		@Bean
		FakeProfilerEngine engine() {
			return new FakeProfilerEngine();
		}

		@Bean
		WebMvcConfigurer veto() {
			return new WebMvcConfigurer() {

				@Override
				public void addInterceptors(InterceptorRegistry registry) {
					registry.addInterceptor(new HandlerInterceptor() {

						@Override
						public boolean preHandle(HttpServletRequest request, HttpServletResponse response,
								Object handler) {
							return request.getParameter("veto") == null;
						}

					});
				}

			};
		}

	}

	@RestController
	static class Controller {

		static volatile CompletableFuture<List<Map.Entry<RequestWindow, String>>> afterForward;

		static final CountDownLatch arrived = new CountDownLatch(1);

		static final CountDownLatch leave = new CountDownLatch(1);

		@GetMapping("/plain")
		@Profiled("plain")
		String plain() {
			return "plain";
		}

		@GetMapping("/unprofiled")
		String unprofiled() {
			return "unprofiled";
		}

		@GetMapping("/forward")
		@Profiled("forward")
		void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
			if (request.getParameter("closing") != null) {
				profiler.gate().set(ProfilingGate.State.CLOSED);
			}
			if (request.getParameter("opening") != null) {
				profiler.gate().set(ProfilingGate.State.OPEN);
			}
			dispatcher(request).forward(request, response);
			if (request.getParameter("closing") != null || request.getParameter("opening") != null) {
				List<RequestWindow> windows = new ArrayList<>();
				profiler.drain(windows::add);
				afterForward.complete(windows.stream().map((window) -> Map.entry(window, describe(window))).toList());
			}
		}

		@GetMapping("/forward-again")
		@Profiled("forward-again")
		void forwardAgain(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			request.getRequestDispatcher("/plain").forward(request, response);
		}

		@GetMapping("/unprofiled-forward")
		void unprofiledForward(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			dispatcher(request).forward(request, response);
		}

		@GetMapping("/include")
		@Profiled("include")
		void include(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
			dispatcher(request).include(request, response);
		}

		private static RequestDispatcher dispatcher(HttpServletRequest request) {
			return request.getRequestDispatcher(request.getParameter("to"));
		}

		@GetMapping("/throw")
		@Profiled("throw")
		String fail() {
			throw new IllegalArgumentException("for the test");
		}

		@GetMapping("/handled")
		@Profiled("handled")
		String handled() {
			throw new IllegalStateException("for the test");
		}

		@ExceptionHandler
		String handle(IllegalStateException ex) {
			return "handled";
		}

		@GetMapping("/callable")
		@Profiled("callable")
		Callable<String> callable(HttpServletRequest request) {
			boolean fail = request.getParameter("fail") != null;
			return () -> {
				if (fail) {
					throw new IOException("for the test");
				}
				return "callable";
			};
		}

		@GetMapping("/deferred")
		@Profiled("deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			ForkJoinPool.commonPool().execute(() -> result.setResult("deferred"));
			return result;
		}

		@GetMapping("/streaming")
		@Profiled("streaming")
		StreamingResponseBody streaming() {
			return (body) -> body.write("streaming".getBytes());
		}

		@GetMapping("/wait")
		@Profiled("wait")
		String waitForTheTest() throws InterruptedException {
			arrived.countDown();
			leave.await();
			return "wait";
		}

	}

	@RestController
	static class ErrorHandler implements ErrorController {

		@RequestMapping("/error")
		@Profiled("error")
		String error() {
			return "error";
		}

	}

}
