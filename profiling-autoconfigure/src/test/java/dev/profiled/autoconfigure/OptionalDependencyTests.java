package dev.profiled.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real application, in a process of its own, without a dependency that is optional.
 */
class OptionalDependencyTests {

	private static final String BEAN = "bean: ";

	private static final String INTERCEPTOR = "profilingHandlerInterceptor";

	private static final String ENDPOINT = "flameGraphEndpoint";

	private static final String METERS = "profilingMetrics";

	@Test
	void whenAllAreThereThenSoIsEverything() throws Exception {
		assertThat(startWithout()).contains(INTERCEPTOR, ENDPOINT, METERS);
	}

	@Test
	void whenActuatorIsMissingThenRequestsAreProfiled() throws Exception {
		assertThat(startWithout("spring-boot-actuator")).contains(INTERCEPTOR).doesNotContain(ENDPOINT);
	}

	@Test
	void whenMicrometerIsMissingThenThereAreNoMeters() throws Exception {
		assertThat(startWithout("micrometer-core", "micrometer-jakarta9", "spring-boot-starter-actuator"))
			.contains(INTERCEPTOR, ENDPOINT)
			.doesNotContain(METERS);
	}

	@Test
	void whenSpringMvcAndServletsAreMissingThenTheReactiveApplicationStarts() throws Exception {
		assertThat(startWithout("spring-webmvc", "tomcat-embed", "jakarta.servlet", "spring-boot-starter-tomcat"))
			.contains("profilerEngine", ENDPOINT, METERS)
			.doesNotContain(INTERCEPTOR, "profilingQueryParameters");
	}

	@Test
	void whenThereIsNoWebAtAllThenTheApplicationStarts() throws Exception {
		assertThat(startWithout("spring-web", "tomcat-embed", "jakarta.servlet", "reactor-netty"))
			.contains("profilerEngine")
			.doesNotContain(INTERCEPTOR);
	}

	@Test
	void whenJSpecifyIsMissingThenNobodyMissesIt() throws Exception {
		assertThat(startWithout("jspecify")).contains(INTERCEPTOR, ENDPOINT, METERS);
	}

	private static List<String> startWithout(String... jars) throws IOException, InterruptedException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> Arrays.stream(jars).noneMatch(new File(entry).getName()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath, "-XX:TieredStopAtLevel=1", Application.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output.lines()
			.filter((line) -> line.startsWith(BEAN))
			.map((line) -> line.substring(BEAN.length()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.properties("server.address=127.0.0.1", "server.port=0",
						"management.endpoints.web.exposure.include=flamegraph")
				.run(args)) {
				for (String name : context.getBeanDefinitionNames()) {
					System.out.println(BEAN + name);
				}
			}
		}

	}

}
