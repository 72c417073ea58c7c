package dev.profiled.it;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real application, in a process of its own, without a dependency that is optional.
 */
@Tag("any-jdk")
class OptionalDependencyIT {

	private static final String BEAN = "bean: ";

	private static final String ENGINE = "profilerEngine";

	private static final String INTERCEPTOR = "profilingHandlerInterceptor";

	private static final String ADVISOR = "profiledMethodAdvisor";

	private static final String ENDPOINT = "flameGraphEndpoint";

	private static final String METERS = "profilingMetrics";

	private static final String[] SERVLETS = { "spring-webmvc", "spring-boot-webmvc", "tomcat-embed", "jakarta.servlet",
			"spring-boot-servlet", "spring-boot-tomcat", "spring-boot-starter-tomcat" };

	@Test
	void whenAllAreThereThenSoIsEverything() {
		assertThat(beansWithout()).contains(ENGINE, INTERCEPTOR, ENDPOINT, METERS);
	}

	@Test
	void whenActuatorIsMissingThenRequestsAreProfiled() {
		assertThat(beansWithout("spring-boot-actuator", "spring-boot-starter-actuator")).contains(ENGINE, INTERCEPTOR)
			.doesNotContain(ENDPOINT);
	}

	@Test
	void whenMicrometerIsMissingThenThereAreNoMeters() {
		assertThat(beansWithout("micrometer-core", "micrometer-jakarta9", "spring-boot-micrometer",
				"spring-boot-starter-micrometer", "spring-boot-starter-actuator"))
			.contains(ENGINE, INTERCEPTOR, ENDPOINT)
			.doesNotContain(METERS);
	}

	@Test
	void whenNothingMakesProxiesThenOnlyHandlersAreProfiled() {
		assertThat(beansWithout()).contains(ADVISOR);
		assertThat(beansWithout("aspectjweaver")).contains(ENGINE, INTERCEPTOR, ENDPOINT).doesNotContain(ADVISOR);
	}

	@Test
	void whenThereIsNoWebAtAllThenTheApplicationStarts() {
		assertThat(beansWithout("spring-web", "spring-boot-web", "tomcat-embed", "jakarta.servlet", "reactor-netty",
				"spring-boot-servlet", "spring-boot-tomcat", "spring-boot-reactor-netty"))
			.contains(ENGINE)
			.doesNotContain(INTERCEPTOR);
	}

	@Test
	void whenTheApplicationIsReactiveThenNothingIsProfiledAndTheEndpointAnswers() {
		assertThat(beansWithout(SERVLETS)).contains(ENGINE, ENDPOINT, METERS)
			.doesNotContain(INTERCEPTOR, "profilingQueryParameters");
		try (SeparateApplication application = start("served", SERVLETS)) {
			String index = application.awaitAnswer("/actuator/flamegraph");
			assertThat(JsonPath.<String>read(index, "$.profiler.state")).isEqualTo("off");
			assertThat(JsonPath.<List<?>>read(index, "$.endpoints")).isEmpty();
			HttpResponse<String> unknown = application.get("/actuator/flamegraph/orders");
			assertThat(unknown.statusCode()).isEqualTo(404);
			assertThat(JsonPath.<String>read(unknown.body(), "$.error"))
				.isEqualTo("No endpoint is profiled under the name 'orders'");
			HttpResponse<String> wrong = application.get("/actuator/flamegraph/orders?format=gif");
			assertThat(wrong.statusCode()).isEqualTo(400);
			assertThat(JsonPath.<String>read(wrong.body(), "$.parameter")).isEqualTo("format");
		}
	}

	private static Set<String> beansWithout(String... jars) {
		try (SeparateApplication application = start("beans", jars)) {
			return application.awaitEnd()
				.lines()
				.filter((line) -> line.startsWith(BEAN))
				.map((line) -> line.substring(BEAN.length()))
				.collect(Collectors.toSet());
		}
	}

	private static SeparateApplication start(String purpose, String... withoutJars) {
		String classPath = SeparateApplication.classPathWithout(
				(name) -> name.startsWith("spring-boot-devtools") || Stream.of(withoutJars).anyMatch(name::startsWith));
		return SeparateApplication.start(Application.class, classPath, "purpose=" + purpose,
				"management.endpoints.web.exposure.include=flamegraph");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) {
			ConfigurableApplicationContext context = SpringApplication.run(Application.class, args);
			if (context.getEnvironment().getRequiredProperty("purpose").equals("beans")) {
				for (String name : context.getBeanDefinitionNames()) {
					System.out.println(BEAN + name);
				}
				context.close();
			}
		}

	}

}
