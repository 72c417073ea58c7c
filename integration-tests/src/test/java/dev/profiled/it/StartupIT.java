package dev.profiled.it;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application gets, or does not, as it starts.
 */
@Tag("any-jdk")
@ExtendWith(OutputCaptureExtension.class)
class StartupIT {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=flamegraph,metrics";

	@Test
	void metersAreThereWhetherOrNotTheEndpointIsExposed() {
		try (TestServer server = TestServer.run(Application.class,
				"management.endpoints.web.exposure.include=metrics")) {
			assertThat(server.get("/work").body()).isEqualTo("done");
			HttpResponse<String> names = server.get("/actuator/metrics");
			assertThat(JsonPath.<List<String>>read(names.body(), "$.names")).contains("profiling.engine.state",
					"profiling.harvest", "profiling.requests.profiled", "profiling.samples", "profiling.store.stacks");
			HttpResponse<String> meter = server.get("/actuator/metrics/profiling.requests.skipped");
			assertThat(JsonPath.<List<String>>read(meter.body(), "$.availableTags[?(@.tag=='endpoint')].values[*]"))
				.containsExactly("work");
		}
	}

	@Test
	void whenDisabledThenThereIsNothing() {
		try (TestServer server = TestServer.run(Application.class, EXPOSED, "profiling.enabled=false")) {
			assertThat(server.get("/work").body()).isEqualTo("done");
			assertThat(server.get("/actuator/flamegraph").statusCode()).isEqualTo(404);
			assertThat(server.get("/actuator/metrics").body()).doesNotContain("profiling.");
			assertThat(Arrays.stream(server.context().getBeanDefinitionNames()))
				.noneMatch((name) -> name.startsWith("profil"));
		}
	}

	@Test
	void whenNoHandlerIsProfiledThenTheProfilerIsOff() {
		try (TestServer server = TestServer.run(EmptyApplication.class, EXPOSED)) {
			HttpResponse<String> index = server.get("/actuator/flamegraph");
			assertThat(JsonPath.<String>read(index.body(), "$.profiler.state")).isEqualTo("off");
			assertThat(JsonPath.<List<?>>read(index.body(), "$.endpoints")).isEmpty();
		}
	}

	@Test
	void whenAPropertyIsOutOfRangeThenTheFailureAnalysisSaysSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestServer.run(Application.class, "profiling.cpu.interval=1ns"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("profiling.cpu.interval")
			.contains("It must be from 100us to 1s.");
	}

	@Test
	void whenANameIsNotAllowedThenTheFailureAnalysisSaysSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestServer.run(BadNameApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The name 'bad name' of @Profiled on method " + BadNameController.class.getName() + ".work")
			.contains("such as 'bad_name'");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(WorkController.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EmptyApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(BadNameController.class)
	static class BadNameApplication {

	}

	@RestController
	static class WorkController {

		@GetMapping("/work")
		@Profiled("work")
		String work() {
			return "done";
		}

	}

	@RestController
	static class BadNameController {

		@GetMapping("/work")
		@Profiled("bad name")
		String work() {
			return "done";
		}

	}

}
