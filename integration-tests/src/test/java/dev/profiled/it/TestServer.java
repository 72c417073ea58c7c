package dev.profiled.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with a real server, on this machine only.
 */
final class TestServer implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TestServer run(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.address=127.0.0.1", "server.port=0"));
		all.addAll(List.of(properties));
		return new TestServer(new SpringApplicationBuilder(application).properties(all.toArray(String[]::new)).run());
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port("local.server.port") + path);
	}

	URI managementUri(String path) {
		return URI.create("http://127.0.0.1:" + port("local.management.port") + path);
	}

	private String port(String property) {
		return this.context.getEnvironment().getRequiredProperty(property);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send("GET", uri(path), headers);
	}

	HttpResponse<String> delete(String path) {
		return send("DELETE", uri(path));
	}

	HttpResponse<String> send(String method, URI uri, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(method + " " + uri + " failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
