package dev.profiled.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The view in every set-up that operators have: lists, opens a graph, zooms, searches,
 * resets.
 */
@Tag("browser")
class AdminSetUpsIT {

	@TempDir
	static Path directory;

	private static AdminBrowser browser;

	private static AdminServer open;

	@BeforeAll
	static void start() {
		browser = AdminBrowser.start(directory);
		browser.speak("en");
		open = AdminServer.start(BootLine.BOOT_4_1);
	}

	@AfterAll
	static void stop() {
		if (open != null) {
			open.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	// all servers are on the same host, and so are their cookies
	@BeforeEach
	void forgetCookies() {
		browser.open("about:blank");
		browser.driver().manage().deleteAllCookies();
		browser.complaints();
	}

	@ParameterizedTest
	@EnumSource
	void theViewWorksInTheOlderServerWithEveryApplication(BootLine application) {
		try (AdminServer server = AdminServer.start(BootLine.BOOT_3_5)) {
			visit(server.register(application), false);
		}
	}

	@Test
	void theViewWorksWithAnOlderApplication() {
		visit(open.register(BootLine.BOOT_3_5), false);
	}

	@Test
	void theViewWorksWhereOnlyTheServerIsSecured() {
		try (AdminServer server = AdminServer.start(BootLine.BOOT_4_1, "app.secured=true")) {
			visit(server.register(BootLine.BOOT_4_1), true);
		}
	}

	@Test
	void theViewWorksWhereOnlyTheApplicationIsSecured() {
		visit(open.register(BootLine.BOOT_4_1, "app.secured=true"), false);
	}

	@ParameterizedTest
	@EnumSource
	void theViewWorksUnderAStrictPolicyAndAPathWhereAllAreSecured(BootLine line) {
		try (AdminServer server = AdminServer.startAt(line, "/ops/admin", "server.servlet.context-path=/ops",
				"spring.boot.admin.context-path=/admin", "app.secured=true",
				"app.content-security-policy=default-src 'self'")) {
			visit(server.register(line, "app.secured=true"), true);
		}
	}

	@Test
	void theViewWorksWithAPortAndAPathForManagementAndWithASecondInstance() {
		AdminServer.Instance first = open.register(BootLine.BOOT_4_1, "management.server.port=0",
				"management.server.address=127.0.0.1", "management.endpoints.web.base-path=/manage");
		AdminServer.Instance second = open.register(BootLine.BOOT_4_1);
		visit(first, false);
		browser.open(second.page("flamegraphs"));
		browser.awaitList();
		assertThat(browser.row("burn").get(2)).as("requests of the second").isEqualTo("0");
		visit(second, false);
	}

	private static void visit(AdminServer.Instance instance, boolean secured) {
		AdminServer server = instance.server();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 10);
			return server.get(instance.page("actuator/flamegraph/burn?format=collapsed")).contains("Burner.spin");
		});
		browser.open(instance.page("details"));
		if (secured) {
			browser.logIn();
			browser.open(instance.page("details"));
		}
		browser.visitView("Flame graphs");
		browser.awaitList();
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.zoomUp(3);
		browser.press("/");
		browser.press("Burner.spin");
		browser.awaitViewer(".matched", "matched ");
		browser.driver().navigate().refresh();
		browser.awaitList();
		browser.awaitViewer(".crumbs", "Burner.");
		List<String> before = browser.row("burn");
		assertThat(before.get(2)).isNotEqualTo("0");
		browser.find(".actions .reset").click();
		browser.find(".confirm .yes").click();
		browser.await(() -> browser.row("burn").get(2).equals("0"));
		assertThat(browser.find(".explorer > .problem").isDisplayed()).isFalse();
		// under a strict policy Spring Boot Admin's own styles are blocked, too
		assertThat(browser.complaints()).noneMatch((complaint) -> complaint.contains("/extensions/profiled/"));
	}

}
