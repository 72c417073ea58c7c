package dev.profiled.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The view in every set-up that operators have: lists, opens a graph, zooms, searches,
 * resets.
 */
@Tag("browser")
class AdminSetUpsIT {

	@TempDir
	Path directory;

	private AdminBrowser browser;

	@BeforeEach
	void start() {
		this.browser = AdminBrowser.start(this.directory);
		this.browser.speak("en");
	}

	@AfterEach
	void stop() {
		this.browser.close();
	}

	@ParameterizedTest(name = "server {0}, application {1}")
	@CsvSource({ "BOOT_3_5, BOOT_3_5", "BOOT_3_5, BOOT_4_1", "BOOT_4_1, BOOT_3_5" })
	void theViewWorksWithEveryVersion(BootLine serverLine, BootLine applicationLine) {
		try (AdminServer server = AdminServer.start(serverLine)) {
			AdminServer.Instance instance = server.register(applicationLine);
			visit(instance, false);
		}
	}

	@Test
	void theViewWorksWhereOnlyTheServerIsSecured() {
		try (AdminServer server = AdminServer.start(BootLine.BOOT_4_1, "app.secured=true")) {
			visit(server.register(BootLine.BOOT_4_1), true);
		}
	}

	@Test
	void theViewWorksWhereOnlyTheApplicationIsSecured() {
		try (AdminServer server = AdminServer.start(BootLine.BOOT_4_1)) {
			visit(server.register(BootLine.BOOT_4_1, "app.secured=true"), false);
		}
	}

	@ParameterizedTest
	@CsvSource({ "BOOT_3_5", "BOOT_4_1" })
	void theViewWorksUnderAStrictPolicyAndAPathWhereAllAreSecured(BootLine line) {
		try (AdminServer server = AdminServer.startAt(line, "/ops/admin", "server.servlet.context-path=/ops",
				"spring.boot.admin.context-path=/admin", "app.secured=true",
				"app.content-security-policy=default-src 'self'")) {
			visit(server.register(line, "app.secured=true"), true);
		}
	}

	@Test
	void theViewWorksWithAPortAndAPathForManagementAndWithASecondInstance() {
		try (AdminServer server = AdminServer.start(BootLine.BOOT_4_1)) {
			AdminServer.Instance first = server.register(BootLine.BOOT_4_1, "management.server.port=0",
					"management.server.address=127.0.0.1", "management.endpoints.web.base-path=/manage");
			AdminServer.Instance second = server.register(BootLine.BOOT_4_1);
			visit(first, false);
			this.browser.open(second.page("flamegraphs"));
			this.browser.awaitList();
			assertThat(this.browser.row("burn").get(2)).as("requests of the second").isEqualTo("0");
			visit(second, false);
		}
	}

	private void visit(AdminServer.Instance instance, boolean secured) {
		AdminServer server = instance.server();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 10);
			return server.get(instance.page("actuator/flamegraph/burn?format=collapsed")).contains("Burner.spin");
		});
		this.browser.open(instance.page("details"));
		if (secured) {
			this.browser.logIn();
			this.browser.open(instance.page("details"));
		}
		this.browser.visitView("Flame graphs");
		this.browser.awaitList();
		this.browser.choose("burn");
		this.browser.awaitViewer(".headline", "burn · CPU · ");
		this.browser.zoomUp(3);
		this.browser.press("/");
		this.browser.press("Burner.spin");
		this.browser.awaitViewer(".matched", "matched ");
		this.browser.driver().navigate().refresh();
		this.browser.awaitList();
		this.browser.awaitViewer(".crumbs", "Burner.");
		List<String> before = this.browser.row("burn");
		assertThat(before.get(2)).isNotEqualTo("0");
		this.browser.find(".actions .reset").click();
		this.browser.find(".confirm .yes").click();
		this.browser.await(() -> this.browser.row("burn").get(2).equals("0"));
		assertThat(this.browser.find(".explorer > .problem").isDisplayed()).isFalse();
		// under a strict policy Spring Boot Admin's own styles are blocked, too
		assertThat(this.browser.complaints()).noneMatch((complaint) -> complaint.contains("/extensions/profiled/"));
	}

}
