package dev.profiled.render;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

import dev.profiled.profile.ProfileSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets the real speedscope show our profiles in a browser, and its own schema judge them.
 */
@Tag("browser")
class SpeedscopeIT {

	private static final String VERSION = "1.25.0";

	private static final String TITLE = "orders <&\"\u00fc>";

	private static final String PROFILE = "/profile.json";

	@TempDir
	Path directory;

	private Path speedscope;

	private String profile;

	@BeforeEach
	void render() throws IOException, InterruptedException {
		this.speedscope = NpmPackage.install("speedscope", VERSION).resolve("dist/release");
		StringBuilder text = new StringBuilder();
		SpeedscopeRenderer.render(TITLE, profiles(), text);
		this.profile = text.toString();
	}

	private static List<ProfileSnapshot> profiles() {
		return List.of(ProfileViews.snapshot("a.Orders.serve;a.Orders.slow 7", "a.Orders.serve;a.Orders.fast 3"),
				ProfileViews.snapshot("a.Orders.serve 5"));
	}

	@Test
	void itIsAsTheSchemaWantsIt() throws IOException {
		ObjectMapper json = new ObjectMapper();
		JsonNode schema = json.readTree(Files.readString(this.speedscope.resolve("file-format-schema.json")));
		assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
			.getSchema(schema)
			.validate(json.readTree(this.profile))).isEmpty();
		assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
			.getSchema(schema)
			.validate(json.readTree(this.profile.replace("nanoseconds", "hours")))).as("it does judge").isNotEmpty();
	}

	@Test
	void speedscopeShowsIt() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::answer);
		server.start();
		try (Browser browser = Browser.start(this.directory)) {
			browser.driver()
				.get("http://127.0.0.1:%d/index.html#profileURL=%s&view=sandwich"
					.formatted(server.getAddress().getPort(), PROFILE));
			String row = new WebDriverWait(browser.driver(), Duration.ofSeconds(20))
				.until((driver) -> driver.findElements(By.cssSelector("table tr"))
					.stream()
					.map(WebElement::getText)
					.filter((text) -> text.contains("a.Orders.slow"))
					.findFirst()
					.orElse(null));
			assertThat(row).contains("70.00ns (70%)");
			assertThat(browser.driver().getTitle()).isEqualTo(TITLE + " - speedscope");
		}
		finally {
			server.stop(0);
		}
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		Path file = this.speedscope.resolve(path.substring(1)).normalize();
		boolean found = path.equals(PROFILE) || file.startsWith(this.speedscope) && Files.isRegularFile(file);
		byte[] content = path.equals(PROFILE) ? this.profile.getBytes(StandardCharsets.UTF_8)
				: found ? Files.readAllBytes(file) : new byte[0];
		String type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
		exchange.getResponseHeaders().add("Content-Type", type);
		exchange.sendResponseHeaders(found ? 200 : 404, (content.length > 0) ? content.length : -1);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

}
