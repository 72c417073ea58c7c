package dev.profiled.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real Spring Boot Admin servers with our jar on their class path, the applications that
 * register with them, and a browser. Each is started when it is first needed, and all end
 * after the last test.
 */
final class Landscape implements ExtensionContext.Store.CloseableResource {

	static final String USER = "ops";

	static final String PASSWORD = "secret";

	private static final String SERVER = "dev.profiled.admin.server.AdminServerApplication";

	private static final String APPLICATION = "dev.profiled.admin.client.ClientApplication";

	private final HttpClient http = HttpClient.newHttpClient();

	// known before they are used, so that applications can look for servers that are yet
	// to come
	private final Map<Server, Integer> ports = Arrays.stream(Server.values())
		.collect(Collectors.toMap(Function.identity(), (server) -> freePort()));

	private final Map<Server, Program> servers = new EnumMap<>(Server.class);

	private final Map<Application, Program> applications = new EnumMap<>(Application.class);

	private final Set<Server> visited = EnumSet.noneOf(Server.class);

	private final AdminBrowser browser = AdminBrowser.start();

	AdminBrowser browser() {
		return this.browser;
	}

	/**
	 * Return where a server's pages are.
	 * @param server the server
	 * @return the address, without a slash at its end
	 */
	String address(Server server) {
		return "http://127.0.0.1:" + this.ports.get(server) + server.path();
	}

	/**
	 * Start applications and a server together; who needs them waits for them.
	 * @param server the server
	 * @param applications the applications
	 */
	void start(Server server, Application... applications) {
		this.servers.computeIfAbsent(server, this::startServer);
		for (Application application : applications) {
			this.applications.computeIfAbsent(application, this::startApplication);
		}
	}

	/**
	 * Return an application as a server knows it, as soon as it does.
	 * @param server the server
	 * @param application the application
	 * @return the instance
	 */
	Instance instance(Server server, Application application) {
		start(server, application);
		this.servers.get(server).address();
		Program program = this.applications.get(application);
		String id = Awaitility.await()
			.pollInterval(Duration.ofMillis(100))
			.atMost(Duration.ofSeconds(60))
			.until(() -> idOf(server, program.address()), (found) -> !found.isEmpty());
		return new Instance(this, server, program, id);
	}

	/**
	 * Open a page of an instance, after a login if the server wants one.
	 * @param instance the instance
	 * @param page the last part of its path, with a query
	 */
	void open(Instance instance, String page) {
		this.browser.open(instance.page(page));
		if (this.visited.add(instance.server()) && instance.server().isStrict()) {
			this.browser.logIn();
			this.browser.open(instance.page(page));
		}
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

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Program startServer(Server server) {
		List<String> properties = new ArrayList<>(server.properties());
		// a graceful end would wait for the pages that listen for news
		properties.addAll(List.of("server.port=" + this.ports.get(server), "server.shutdown=immediate",
				"spring.boot.admin.client.enabled=false", "profiling.enabled=false",
				"spring.security.user.name=" + USER, "spring.security.user.password=" + PASSWORD));
		return Program.start(server.line(), SERVER, List.of(), properties);
	}

	private Program startApplication(Application application) {
		String servers = application.servers().stream().map(this::address).collect(Collectors.joining(","));
		Stream<String> common = Stream.of("server.port=0", "server.shutdown=immediate", "spring.application.name=shop",
				"spring.boot.admin.client.url=" + servers, "spring.boot.admin.client.register-once=false",
				"spring.boot.admin.client.username=" + USER, "spring.boot.admin.client.password=" + PASSWORD,
				"spring.boot.admin.client.period=1s", "spring.boot.admin.client.instance.service-host-type=ip",
				"spring.boot.admin.client.instance.metadata.user.name=" + USER,
				"spring.boot.admin.client.instance.metadata.user.password=" + PASSWORD,
				"spring.security.user.name=" + USER, "spring.security.user.password=" + PASSWORD,
				"management.endpoints.web.exposure.include=*", "management.endpoint.flamegraph.access=unrestricted",
				"profiling.cpu.interval=1ms", "profiling.alloc.interval=2MB", "profiling.max-concurrent-requests=4");
		// of a property that is given twice the later one counts
		Map<String, String> properties = Stream.concat(common, application.properties().stream())
			.collect(Collectors.toMap(Landscape::name, Function.identity(), (usual, own) -> own));
		return Program.start(application.line(), APPLICATION, application.jvmOptions(),
				List.copyOf(properties.values()));
	}

	private static String name(String property) {
		return property.substring(0, property.indexOf('='));
	}

	// Its endpoints are known a moment after it has registered.
	private String idOf(Server server, String address) {
		List<Map<String, Object>> instances = JsonPath.read(get(address(server) + "/instances"), "$");
		return instances.stream()
			.filter((instance) -> JsonPath.<String>read(instance, "$.registration.serviceUrl")
				.startsWith(address + "/"))
			.filter((instance) -> JsonPath.<String>read(instance, "$.statusInfo.status").equals("UP"))
			.filter((instance) -> JsonPath.<List<Object>>read(instance, "$.endpoints").size() > 1)
			.map((instance) -> (String) instance.get("id"))
			.findFirst()
			.orElse("");
	}

	@Override
	public void close() {
		this.browser.close();
		List<Program> programs = Stream.concat(this.applications.values().stream(), this.servers.values().stream())
			.toList();
		programs.forEach(Program::end);
		programs.forEach(Program::close);
	}

	/**
	 * Gives all classes the same.
	 */
	static final class Shared implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == Landscape.class;
		}

		@Override
		public Landscape resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.create(Landscape.class))
				.getOrComputeIfAbsent(Landscape.class, (type) -> new Landscape(), Landscape.class);
		}

	}

}
