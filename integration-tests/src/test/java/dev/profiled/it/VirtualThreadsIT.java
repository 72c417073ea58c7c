package dev.profiled.it;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Requests that are served by virtual threads.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this JDK has no virtual threads")
class VirtualThreadsIT {

	private static final String INDEX = "/actuator/flamegraph";

	private static final int REQUESTS = 100;

	/**
	 * In percent of a core: in a JVM that has just started looks are expensive, and
	 * within the default budget there would be too few of them to tell a share.
	 */
	private static final int BUDGET = 20;

	@Test
	void requestsAreFollowedAndWhatCannotBeKnownIsSaid() {
		try (TestServer server = TestServer.run(Application.class, "spring.threads.virtual.enabled=true",
				"profiling.wall.budget=" + BUDGET, "management.endpoints.web.exposure.include=flamegraph")) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> this.<String>read(server.get(INDEX), "$.profiler.state").equals("armed"));
			for (int i = 0; i < REQUESTS; i++) {
				assertThat(server.get("/nap").body()).isEqualTo("virtual: true");
			}
			HttpResponse<String> index = server.get(INDEX);
			Map<String, Object> nap = this.<List<Map<String, Object>>>read(index, "$.endpoints[?(@.name=='nap')]")
				.get(0);
			assertThat(JsonPath.<Integer>read(nap, "$.requests.profiled")).isEqualTo(REQUESTS);
			assertThat(JsonPath.<Integer>read(nap, "$.approximateRequests")).isEqualTo(REQUESTS);
			assertThat(nap).doesNotContainKey("measured");
			double elapsed = JsonPath.<Number>read(nap, "$.split.elapsed").doubleValue();
			double asleep = JsonPath.<Number>read(nap, "$.split.sleep").doubleValue();
			assertThat(asleep / elapsed).isCloseTo(1, within(0.15));
			assertThat(JsonPath.<Integer>read(nap, "$.events.alloc.samples")).isZero();
			assertThat(this.<List<String>>read(index, "$.profiler.limits"))
				.anyMatch((limit) -> limit.contains("virtual threads"));
			assertThat(server.get(INDEX + "/nap?format=collapsed&event=wall").body())
				.contains("NapController.nap;java.lang.Thread.sleep")
				.contains("[sleep]");
		}
	}

	private <T> T read(HttpResponse<String> response, String path) {
		return JsonPath.read(response.body(), path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(NapController.class)
	static class Application {

	}

	@RestController
	static class NapController {

		@GetMapping("/nap")
		@Profiled("nap")
		String nap() throws Exception {
			Thread.sleep(40);
			return "virtual: " + Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
		}

	}

}
