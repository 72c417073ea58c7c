package dev.profiled.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;
import dev.profiled.code.CodeProfiler;
import dev.profiled.code.ProcessProfiler;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.ProcessFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Code that is not a controller's: a scheduled job, and a part of a request.
 */
class CodeIT {

	private static final String INDEX = "/actuator/flamegraph";

	@Test
	void aJobAndAPartOfARequestHaveProfilesOfTheirOwn() {
		try (TestServer server = TestServer.run(Application.class, "profiling.max-concurrent-requests=64",
				"management.endpoints.web.exposure.include=flamegraph")) {
			assertThat(this.<List<String>>read(server, "$.endpoints[*].name")).contains("invoice", "nightly");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> this.<String>read(server, "$.profiler.state").equals("armed"));
			for (int i = 0; i < 20; i++) {
				assertThat(server.get("/invoice").body()).isEqualTo("invoice");
			}
			assertThat(this.<List<Integer>>read(server, "$.endpoints[?(@.name=='invoice-pdf')].requests.profiled"))
				.containsExactly(20);
			double total = cpu(server, "invoice");
			double part = cpu(server, "invoice-pdf");
			assertThat(part / total).as("three quarters of the CPU time").isCloseTo(0.75, within(0.15));
			assertThat(server.get(INDEX + "/invoice?format=collapsed").body()).as("the part is in the whole")
				.contains("InvoiceController.pdf");
			assertThat(server.get(INDEX + "/invoice-pdf?format=collapsed").body()).contains("InvoiceController.pdf")
				.doesNotContain("InvoiceController.load");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(server.get(INDEX + "/nightly?format=collapsed").body())
					.contains("NightlyJob.work"));
		}
	}

	@Test
	void theApplicationCapturesTheProcessItself() throws Exception {
		try (TestServer server = TestServer.run(Application.class)) {
			ProcessProfiler profiler = server.context().getBean(ProcessProfiler.class);
			for (ProcessFormat format : ProcessFormat.values()) {
				ByteArrayOutputStream out = new ByteArrayOutputStream();
				try (ProcessProfiler.Running capture = profiler.start("nightly import", Duration.ofMinutes(1))) {
					burn(400);
					capture.stop(format, ProfileEvent.CPU, out);
				}
				String document = (format == ProcessFormat.PPROF) ? unzipped(out)
						: out.toString(StandardCharsets.UTF_8);
				assertThat(document).as(format.name()).contains("CodeIT", "burn");
			}
		}
	}

	private static String unzipped(ByteArrayOutputStream zipped) throws IOException {
		try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(zipped.toByteArray()))) {
			return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private double cpu(TestServer server, String name) {
		return this.<List<Number>>read(server, "$.endpoints[?(@.name=='" + name + "')].events.cpu.weight")
			.get(0)
			.doubleValue();
	}

	private <T> T read(TestServer server, String path) {
		return JsonPath.read(server.get(INDEX).body(), path);
	}

	private static long burn(long millis) {
		long value = 0;
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() < end) {
			value = value * 31 + end;
		}
		return value;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScheduling
	@Import({ InvoiceController.class, NightlyJob.class })
	static class Application {

	}

	@RestController
	static class InvoiceController {

		private final CodeProfiler profiler;

		InvoiceController(CodeProfiler profiler) {
			this.profiler = profiler;
		}

		@GetMapping("/invoice")
		@Profiled("invoice")
		String invoice() throws Exception {
			load();
			return this.profiler.call("invoice-pdf", this::pdf);
		}

		private void load() {
			burn(20);
		}

		private String pdf() {
			burn(60);
			return "invoice";
		}

	}

	static class NightlyJob {

		@Scheduled(fixedDelay = 200)
		@Profiled("nightly")
		void run() {
			work();
		}

		private void work() {
			burn(20);
		}

	}

}
