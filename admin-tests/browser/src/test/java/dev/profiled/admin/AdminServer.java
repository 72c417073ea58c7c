package dev.profiled.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Spring Boot Admin server with our jar on its class path, and the applications
 * that register with it.
 */
final class AdminServer implements AutoCloseable {

	static final String USER = "ops";

	static final String PASSWORD = "secret";

	private static final String SERVER = "dev.profiled.admin.server.AdminServerApplication";

	private static final String CLIENT = "dev.profiled.admin.client.ClientApplication";

	private final HttpClient http = HttpClient.newHttpClient();

	private final Program server;

	private final List<Program> applications = new ArrayList<>();

	private final String path;

	private AdminServer(Program server, String path) {
		this.server = server;
		this.path = path;
	}

	static AdminServer start(BootLine line, String... properties) {
		return startAt(line, "", properties);
	}

	/**
	 * Start a server.
	 * @param line the line of Spring Boot it runs on
	 * @param path where it is mounted, as its properties have it
	 * @param properties its properties
	 * @return the server
	 */
	static AdminServer startAt(BootLine line, String path, String... properties) {
		Stream<String> common = Stream.of("spring.boot.admin.client.enabled=false", "profiling.enabled=false",
				"spring.security.user.name=" + USER, "spring.security.user.password=" + PASSWORD);
		return new AdminServer(
				Program.start(line, SERVER, List.of(), Stream.concat(common, Stream.of(properties)).toList()), path);
	}

	/**
	 * Return where its pages are.
	 * @return the address, without a slash at its end
	 */
	String address() {
		return this.server.address() + this.path;
	}

	Instance register(BootLine line, String... properties) {
		return register(line, List.of(), properties);
	}

	/**
	 * Start an application and wait until the server knows it.
	 * @param line the line of Spring Boot it runs on
	 * @param jvmOptions options of its JVM
	 * @param properties its properties, on top of those that all have
	 * @return the instance
	 */
	Instance register(BootLine line, List<String> jvmOptions, String... properties) {
		Stream<String> common = Stream.of("spring.application.name=shop", "spring.boot.admin.client.url=" + address(),
				"spring.boot.admin.client.username=" + USER, "spring.boot.admin.client.password=" + PASSWORD,
				"spring.boot.admin.client.period=1s", "spring.boot.admin.client.instance.service-host-type=ip",
				"spring.boot.admin.client.instance.metadata.user.name=" + USER,
				"spring.boot.admin.client.instance.metadata.user.password=" + PASSWORD,
				"spring.security.user.name=" + USER, "spring.security.user.password=" + PASSWORD,
				"management.endpoints.web.exposure.include=*", "management.endpoint.flamegraph.access=unrestricted",
				"profiling.cpu.interval=1ms", "profiling.max-concurrent-requests=4");
		Set<String> given = Stream.of(properties).map(AdminServer::name).collect(Collectors.toSet());
		List<String> all = Stream
			.concat(common.filter((property) -> !given.contains(name(property))), Stream.of(properties))
			.toList();
		Program application = Program.start(line, CLIENT, jvmOptions, all);
		this.applications.add(application);
		String id = Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> idOf(application.address()), (found) -> !found.isEmpty());
		return new Instance(this, application, id);
	}

	private static String name(String property) {
		return property.substring(0, property.indexOf('='));
	}

	// Its endpoints are known a moment after it has registered.
	private String idOf(String address) {
		List<Map<String, Object>> instances = JsonPath.read(get(address() + "/instances"), "$");
		return instances.stream()
			.filter((instance) -> JsonPath.<String>read(instance, "$.registration.serviceUrl").startsWith(address))
			.filter((instance) -> JsonPath.<String>read(instance, "$.statusInfo.status").equals("UP"))
			.filter((instance) -> JsonPath.<List<Object>>read(instance, "$.endpoints").size() > 1)
			.map((instance) -> (String) instance.get("id"))
			.findFirst()
			.orElse("");
	}

	String get(String address) {
		String credentials = Base64.getEncoder()
			.encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(address))
			.header("Authorization", "Basic " + credentials)
			.header("Accept", "application/json, text/plain")
			.build();
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).as(address + ": " + response.body()).isEqualTo(200);
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.applications.forEach(Program::close);
		this.server.close();
	}

	/**
	 * An application that the server knows.
	 *
	 * @param server the server
	 * @param application the application
	 * @param id what the server calls it
	 */
	record Instance(AdminServer server, Program application, String id) {

		/**
		 * Return a page of the instance.
		 * @param page the last part of its path, with a query
		 * @return the address
		 */
		String page(String page) {
			return this.server.address() + "/instances/" + this.id + "/" + page;
		}

		/**
		 * Let the application work.
		 * @param endpoint the endpoint
		 * @param requests how many requests of 20 ms of CPU
		 */
		void work(String endpoint, int requests) {
			for (int i = 0; i < requests; i++) {
				this.server.get(this.application.address() + "/work/" + endpoint + "/20");
			}
		}

	}

}
