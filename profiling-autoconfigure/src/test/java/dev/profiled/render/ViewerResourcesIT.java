package dev.profiled.render;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViewerResources} in a host of another kind: a page that loads the
 * script and the style sheet as files and has a strict content security policy.
 */
@Tag("browser")
class ViewerResourcesIT {

	private static final String POLICY = "default-src 'self'";

	private static final Map<String, String> TYPES = Map.of("js", "text/javascript", "css", "text/css", "json",
			"application/json", "svg", "image/svg+xml");

	private static final Map<String, String> CONTENT = Map.of("/",
			"<!DOCTYPE html><title>host</title><link rel=icon href=icon.svg><link rel=stylesheet href=host.css>"
					+ "<input id=other><div id=viewer></div><div id=second></div>"
					+ "<script src=viewer.js></script><script src=host.js></script>",
			"/host.css", "div { height: 350px; }", "/viewer.js", ViewerResources.script(), "/viewer.css",
			ViewerResources.styleSheet(), "/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "/profile.json",
			TestProfile.simple().json(), "/host.js",
			"""
					Promise.all([fetch('viewer.css').then((it) => it.text()), fetch('profile.json').then((it) => it.json())])
						.then(([css, profile]) => {
							const mount = (id) => ProfiledViewer.mount(document.getElementById(id), profile, { css });
							globalThis.flameGraph = mount('viewer');
							globalThis.secondGraph = mount('second');
						});
					""");

	@TempDir
	Path directory;

	private HttpServer server;

	private Browser browser;

	@BeforeEach
	void start() throws IOException {
		this.browser = Browser.start(this.directory);
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
		this.browser.driver().get("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
		new WebDriverWait(this.browser.driver(), Duration.ofSeconds(10)).until((driver) -> this.browser.driver()
			.executeScript("return globalThis.secondGraph?.state().ready") == Boolean.TRUE);
	}

	@AfterEach
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.server != null) {
			this.server.stop(0);
		}
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/html");
		byte[] content = CONTENT.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
		exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
		exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
		exchange.sendResponseHeaders(CONTENT.containsKey(path) ? 200 : 404, (content.length > 0) ? content.length : -1);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

	@Test
	void viewerKeepsToAStrictPolicyAndToItsElement() {
		assertThat(this.browser.text(".headline")).startsWith("sales-report · CPU · 100 requests");
		assertThat(this.browser.find(".viewer").getCssValue("display")).isEqualTo("flex");
		assertThat(this.browser.find(".viewer").getRect().getHeight()).isEqualTo(350);
		this.browser.press("t");
		assertThat(this.browser.state("drawer")).isEqualTo(false);
		this.browser.click(this.browser.rect("ReportService.total"));
		this.browser.settle();
		this.browser.hover(this.browser.rect("Query.query"));
		this.browser.press("t");
		assertThat(this.browser.state("drawer")).isEqualTo(true);
		assertThat(this.browser.state("zoomed")).isEqualTo("ReportService.total");
		assertThat(this.browser.find(".filled.self").getCssValue("width")).isNotEqualTo("auto");
		assertThat(this.browser.driver().executeScript("return secondGraph.state().zoomed")).isNull();
		assertThat(this.browser.driver().executeScript("secondGraph.destroy(); return flameGraph.rects().length"))
			.isNotEqualTo(0L);
		assertThat(this.browser.messages()).isEmpty();
	}

}
