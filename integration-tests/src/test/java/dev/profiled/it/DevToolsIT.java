package dev.profiled.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is restarted by Spring Boot's devtools, in the same JVM.
 */
@Tag("any-jdk")
class DevToolsIT {

	@TempDir
	Path directory;

	@Test
	void whenTheApplicationIsRestartedThenProfilingBeginsAnew() {
		assertThatRestartsLeaveNothingBehind("");
	}

	@Test
	void whenTheLibraryIsRestartedWithItThenProfilingBeginsAnew() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		Files.createDirectory(classes.resolve("META-INF"));
		Files.writeString(classes.resolve("META-INF/spring-devtools.properties"), """
				restart.include.library=.*/profiling-autoconfigure[^/]*\\\\.jar
				restart.include.profiler=.*/async-profiler[^/]*\\\\.jar
				""");
		assertThatRestartsLeaveNothingBehind(classes + File.pathSeparator);
	}

	private void assertThatRestartsLeaveNothingBehind(String additionalClassPath) {
		Path recordings = this.directory.resolve("recordings");
		try (SeparateApplication application = SeparateApplication.start(Application.class,
				additionalClassPath + SeparateApplication.classPathWithout((name) -> false),
				"management.endpoints.web.exposure.include=flamegraph", "profiling.cpu.interval=1ms",
				"profiling.directory=" + recordings)) {
			String life = application.awaitAnswer("/life");
			for (int restart = 0; restart < 2; restart++) {
				assertThatRequestsAreProfiled(application);
				assertThat(application.awaitAnswer("/harvesters")).isEqualTo("1");
				assertThat(list(recordings)).hasSize(1);
				application.awaitAnswer("/restart");
				String before = life;
				life = Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> application.awaitAnswer("/life"), (now) -> !now.equals(before));
			}
			assertThatRequestsAreProfiled(application);
		}
		assertThat(list(recordings)).isEmpty();
	}

	private static void assertThatRequestsAreProfiled(SeparateApplication application) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			application.awaitAnswer("/burn");
			String profile = application.awaitAnswer("/actuator/flamegraph/burn?format=json");
			assertThat(JsonPath.<String>read(profile, "$.profiler.state")).isEqualTo("armed");
			assertThat(JsonPath.<Integer>read(profile, "$.samples")).isPositive();
		});
	}

	private static Path[] list(Path directory) {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.toArray(Path[]::new);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(LifeController.class)
	public static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

	@RestController
	static class LifeController {

		private static final UUID LIFE = UUID.randomUUID();

		private double sum;

		@GetMapping("/life")
		String life() {
			return LIFE.toString();
		}

		@GetMapping("/burn")
		@Profiled("burn")
		String burn() {
			for (int i = 0; i < 20_000_000; i++) {
				this.sum += Math.sqrt(this.sum + i);
			}
			return "burnt";
		}

		@GetMapping("/harvesters")
		long harvesters() {
			return Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("profiled-harvester"))
				.count();
		}

		@GetMapping("/restart")
		void restart() {
			Restarter.getInstance().restart();
		}

	}

}
