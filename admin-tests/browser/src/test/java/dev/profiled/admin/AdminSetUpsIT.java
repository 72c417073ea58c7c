package dev.profiled.admin;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The view in every set-up that operators have: lists, opens a graph, zooms, searches,
 * resets.
 */
@Tag("browser")
@ExtendWith(Landscape.Shared.class)
class AdminSetUpsIT {

	private static Landscape landscape;

	private static AdminBrowser browser;

	@BeforeAll
	static void start(Landscape shared) {
		landscape = shared;
		browser = landscape.browser();
		browser.leave(landscape.address(Server.OPEN_4_1));
		landscape.start(Server.OPEN_3_5, Application.PLAIN_3_5, Application.PLAIN_4_1);
		landscape.start(Server.OPEN_4_1, Application.SECURED_4_1, Application.MANAGED_ELSEWHERE);
		landscape.start(Server.STRICT_4_1);
		landscape.start(Server.STRICT_3_5, Application.SECURED_3_5);
	}

	@Test
	void theViewWorksInTheOlderServer() {
		visit(landscape.instance(Server.OPEN_3_5, Application.PLAIN_3_5));
	}

	@Test
	void theViewWorksInTheOlderServerWithANewerApplicationThoughAnswersAreLateOrMissing() {
		Instance instance = landscape.instance(Server.OPEN_3_5, Application.PLAIN_4_1);
		look(instance);
		disturb(instance);
		reset(instance);
	}

	@Test
	void theViewWorksWithAnOlderApplication() {
		visit(landscape.instance(Server.OPEN_4_1, Application.PLAIN_3_5));
	}

	@Test
	void theViewWorksWhereOnlyTheServerIsSecured() {
		visit(landscape.instance(Server.STRICT_4_1, Application.PLAIN_4_1));
	}

	@Test
	void theViewWorksWhereOnlyTheApplicationIsSecured() {
		visit(landscape.instance(Server.OPEN_4_1, Application.SECURED_4_1));
	}

	@Test
	void theViewWorksUnderAStrictPolicyAndAPathWhereAllAreSecured() {
		visit(landscape.instance(Server.STRICT_4_1, Application.SECURED_4_1));
	}

	@Test
	void theViewWorksUnderAStrictPolicyAndAPathWhereAllAreSecuredAndOlder() {
		visit(landscape.instance(Server.STRICT_3_5, Application.SECURED_3_5));
	}

	@Test
	void theViewWorksWithAPortAndAPathForManagementAndWithASecondInstance() {
		Instance first = landscape.instance(Server.OPEN_4_1, Application.MANAGED_ELSEWHERE);
		Instance second = landscape.instance(Server.OPEN_4_1, Application.PLAIN_4_1);
		look(first);
		reset(first);
		second.work("burn", 1);
		assertThat(requests(first)).isEqualTo("0");
		assertThat(requests(second)).isNotEqualTo("0");
		visit(second);
	}

	private static String requests(Instance instance) {
		browser.open(instance.page("flamegraphs"));
		browser.awaitList();
		return browser.row("burn").get(2);
	}

	private static void visit(Instance instance) {
		look(instance);
		reset(instance);
	}

	private static void look(Instance instance) {
		Awaitility.await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 10);
			return instance.get("actuator/flamegraph/burn?format=collapsed").contains("Burner.spin");
		});
		browser.complaints();
		landscape.open(instance, "details");
		browser.visitView("Flame graphs");
		browser.awaitList();
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.zoomUp(3);
		browser.press("/");
		browser.press("Burner.spin");
		browser.awaitViewer(".matched", "matched ");
		assertThatNothingOfTheViewIsBlocked();
		browser.driver().navigate().refresh();
		browser.awaitList();
		browser.awaitViewer(".crumbs", "Burner.");
		browser.chooseEvent("wall");
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(browser.viewerText(".crumbs")).contains("Burner.");
		assertThat(browser.find(".endpoints .chosen .split").getAccessibleName()).contains("CPU: 2");
		String link = browser.driver().getCurrentUrl();
		browser.open("about:blank");
		browser.open(link);
		browser.awaitList();
		browser.awaitViewer(".crumbs", "Burner.");
		assertThat(browser.viewerText(".headline")).startsWith("burn · Wall clock · ");
		browser.open(instance.page("flamegraphs?endpoint=nope"));
		browser.awaitText(".pane .problem", "No endpoint is profiled under the name 'nope'.");
	}

	private static void disturb(Instance instance) {
		instance.hold("/flamegraph/churn");
		browser.choose("churn");
		browser.awaitText(".loading", "Loading the flame graph of churn…");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		instance.release();
		// what is asked for now is answered later than that
		browser.fetch(instance.page("actuator/flamegraph/churn"));
		assertThat(browser.viewerText(".headline")).startsWith("burn · CPU · ");
		assertThat(browser.isShown(".pane .problem")).isFalse();
		instance.answer("GET", "/flamegraph/churn", 503, "{}");
		browser.choose("churn");
		browser.awaitText(".pane .problem", "The instance does not answer;");
		instance.behave();
	}

	private static void reset(Instance instance) {
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		List<String> before = browser.row("burn");
		assertThat(before.get(2)).isNotEqualTo("0");
		browser.find(".actions .reset").click();
		browser.find(".confirm .yes").click();
		browser.await(() -> browser.row("burn").get(2).equals("0"));
		assertThat(browser.isShown(".reset-problem")).isFalse();
		// under a strict policy Spring Boot Admin's own styles are blocked, too
		assertThat(browser.complaints()).noneMatch(AdminBrowser::isOurs);
		assertThatNothingOfTheViewIsBlocked();
		if (instance.server().isStrict()) {
			assertThatTheViewWouldBeBlocked();
		}
	}

	private static void assertThatNothingOfTheViewIsBlocked() {
		assertThat(browser.violations()).noneMatch(AdminBrowser::isOurs);
	}

	private static void assertThatTheViewWouldBeBlocked() {
		browser.driver().executeScript("ProfiledViewer.dom.element('p', { style: 'color: red' })");
		browser.await(() -> browser.violations().stream().anyMatch(AdminBrowser::isOurs));
	}

}
