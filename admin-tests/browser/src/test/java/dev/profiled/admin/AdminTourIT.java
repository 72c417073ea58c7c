package dev.profiled.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does in the view.
 */
@Tag("browser")
class AdminTourIT {

	@TempDir
	static Path directory;

	private static AdminServer server;

	private static AdminServer.Instance instance;

	private static AdminBrowser browser;

	@BeforeAll
	static void start() {
		browser = AdminBrowser.start(directory);
		server = AdminServer.start(BootLine.BOOT_4_1);
		instance = server.register(BootLine.BOOT_4_1);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 10);
			instance.work("churn", 3);
			return server.get(instance.page("actuator/flamegraph/burn?format=collapsed")).contains("Burner.spin");
		});
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (server != null) {
			server.close();
		}
	}

	@BeforeEach
	void openBlankPage() {
		browser.speak("en");
		browser.open("about:blank");
		browser.forget(server.address());
		browser.complaints();
	}

	private void open(String query) {
		browser.open(instance.page("flamegraphs" + query));
		browser.await(() -> !browser.rows().isEmpty() || browser.find(".empty").isDisplayed());
	}

	@Test
	void theViewIsInTheSidebarAndListsTheEndpoints() {
		browser.open(instance.page("details"));
		browser.visitView("Flame graphs");
		browser.awaitList();
		assertThat(browser.rows()).extracting((row) -> row.get(0))
			.containsExactly("burn", "churn", "later-schema", "never-called", "slow-answer");
		List<String> burn = browser.row("burn");
		assertThat(burn.get(1)).isEqualTo("GET /work/burn/{millis}");
		assertThat(Integer.parseInt(burn.get(2).replace(" ", ""))).isPositive();
		assertThat(Integer.parseInt(burn.get(4).replace(" ", ""))).isPositive();
		assertThat(burn.subList(5, 8)).allMatch((latency) -> latency.endsWith(" ms"));
		assertThat(browser.row("never-called").subList(2, 9)).containsExactly("0", "0", "0", "–", "–", "–", "never");
		assertThat(browser.text(".status")).startsWith("Profiling · ").contains("one CPU sample every 1.00 ms");
		assertThat(browser.text(".hint")).isEqualTo("Choose an endpoint to see its flame graph.");
		assertThat(browser.complaints()).isEmpty();
	}

	private static String sidebarEntry() {
		return browser.text(browser.driver().findElement(By.cssSelector("a[href$='/flamegraphs']")));
	}

	@Test
	void theListSortsAndFiltersAndTheAddressTells() {
		open("");
		header("Samples").click();
		assertThat(browser.rows().get(0).get(0)).isEqualTo("burn");
		assertThat(header("Samples").findElement(By.xpath("..")).getDomAttribute("aria-sort")).isEqualTo("descending");
		header("Samples").click();
		assertThat(browser.rows().get(4).get(0)).isEqualTo("burn");
		browser.find(".filter").sendKeys("/work/CHURN");
		assertThat(browser.rows()).hasSize(1);
		assertThat(browser.text(".shown")).isEqualTo("1 of 5 endpoints");
		browser.await(() -> browser.query().contains("filter=/work/CHURN") && browser.query().contains("sort=samples"));
		browser.driver().navigate().refresh();
		browser.awaitList();
		assertThat(browser.rows()).hasSize(1);
		browser.find(".filter").sendKeys("x");
		browser.awaitText(".empty", "No endpoint matches “/work/CHURNx”.");
		browser.find(".empty .button").click();
		assertThat(browser.rows()).hasSize(5);
	}

	private static WebElement header(String text) {
		return browser.explorer()
			.findElements(By.cssSelector(".endpoints thead button"))
			.stream()
			.filter((button) -> browser.text(button).equals(text))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aGraphIsZoomedAndSearchedAndALinkShowsTheSame() {
		open("");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.zoomUp(3);
		String crumbs = browser.viewerText(".crumbs");
		assertThat(crumbs).startsWith("all › ").contains("Burner.");
		browser.press("/");
		browser.press("Burner.spin");
		browser.await(() -> browser.query().contains("search=Burner.spin"));
		assertThat(browser.viewerText(".matched")).matches("matched \\d+(\\.\\d+)? %");
		String link = browser.driver().getCurrentUrl();
		browser.driver().navigate().refresh();
		assertThatTheSameIsShown(crumbs);
		String tab = browser.driver().getWindowHandle();
		browser.driver().switchTo().newWindow(WindowType.TAB);
		browser.open(link);
		assertThatTheSameIsShown(crumbs);
		browser.driver().close();
		browser.driver().switchTo().window(tab);
		assertThat(browser.complaints()).isEmpty();
	}

	private void assertThatTheSameIsShown(String crumbs) {
		browser.await(() -> !browser.viewerText(".headline").isEmpty());
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.viewerText(".crumbs")).isEqualTo(crumbs);
		assertThat(browser.viewerText(".matched")).startsWith("matched ");
		assertThat(browser.find(".endpoints .chosen .choose").getText()).isEqualTo("burn");
	}

	@Test
	void backGoesToTheEndpointBefore() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.choose("churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		browser.driver().navigate().back();
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.find(".endpoints .chosen .choose").getText()).isEqualTo("burn");
	}

	@Test
	void aLateAnswerDoesNotReplaceALaterChoice() {
		open("");
		browser.choose("slow-answer");
		browser.awaitText(".loading", "Loading the flame graph of slow-answer…");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.text(".loading")).isEmpty();
		Awaitility.await()
			.during(Duration.ofSeconds(5))
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(browser.viewerText(".headline")).startsWith("burn · CPU · "));
	}

	@Test
	void loadingCanBeCancelledAndTriedAgain() {
		open("?endpoint=slow-answer");
		browser.awaitText(".loading", "Loading the flame graph of slow-answer…");
		browser.find(".loading .button").click();
		browser.awaitText(".pane .problem", "Loading the flame graph of slow-answer was cancelled.");
		browser.find(".pane .problem .button").click();
		browser.awaitViewer(".headline", "slow-answer · CPU · ");
		assertThat(browser.find(".pane .problem").isDisplayed()).isFalse();
	}

	@Test
	void anUnknownEndpointAndALaterSchemaAreToldInWords() {
		open("?endpoint=nope");
		browser.awaitText(".pane .problem", "No endpoint is profiled under the name 'nope'. Profiled are: burn");
		browser.choose("later-schema");
		browser.awaitText(".pane .problem", "answers in version 99 of the format, and this view reads version 1.");
		assertThat(browser.find(".actions a[target=_blank]").getDomProperty("href"))
			.contains("/flamegraph/later-schema?")
			.contains("format=html");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.find(".pane .problem").isDisplayed()).isFalse();
	}

	@Test
	void anEndpointThatWasNeverCalledSaysWhatToDo() {
		open("?endpoint=never-called");
		browser.awaitViewer(".message", "No requests yet");
		assertThat(browser.viewerText(".message")).contains("Call GET /work/never-called and reload");
	}

	@Test
	void refreshingKeepsZoomAndFocusAndBringsNewerSamples() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.zoomUp(3);
		String crumbs = browser.viewerText(".crumbs");
		String headline = browser.viewerText(".headline");
		instance.work("burn", 20);
		browser.awaitText(".newer", "newer samples");
		browser.find(".newer").click();
		browser.await(() -> !browser.viewerText(".headline").equals(headline));
		assertThat(browser.viewerText(".crumbs")).isEqualTo(crumbs);
		assertThat(browser.find(".newer").isDisplayed()).isFalse();
	}

	@Test
	void theListIsRefreshedByItselfAndKeepsTheFocus() {
		open("");
		header("Samples").click();
		WebElement churn = browser.explorer()
			.findElements(By.cssSelector(".choose"))
			.stream()
			.filter((button) -> browser.text(button).equals("churn"))
			.findFirst()
			.orElseThrow();
		browser.driver().executeScript("arguments[0].focus()", churn);
		String before = browser.row("churn").get(2);
		instance.work("churn", 5);
		browser.await(() -> !browser.row("churn").get(2).equals(before));
		assertThat(browser.driver()
			.executeScript("return arguments[0].getRootNode().activeElement === arguments[0]", churn)).isEqualTo(true);
	}

	@Test
	void oneProfileIsResetAfterAQuestion() {
		instance.work("churn", 3);
		open("?endpoint=churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		WebElement reset = browser.explorer()
			.findElements(By.cssSelector(".actions .button"))
			.stream()
			.filter((button) -> browser.text(button).equals("Reset…"))
			.findFirst()
			.orElseThrow();
		reset.click();
		assertThat(browser.text(".confirm h2")).isEqualTo("Forget everything that was gathered for churn?");
		browser.press(Keys.ENTER);
		browser.await(() -> !browser.find(".confirm").isDisplayed());
		assertThat(browser.row("churn").get(2)).isNotEqualTo("0");
		reset.click();
		browser.find(".confirm .yes").click();
		browser.await(() -> browser.row("churn").get(2).equals("0"));
		browser.awaitViewer(".message", "No requests yet");
		assertThat(browser.row("burn").get(2)).isNotEqualTo("0");
	}

	@Test
	void downloadsAndTheNewTabLeadThroughTheServer() {
		open("?endpoint=burn&theme=dark");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.find(".menu summary").click();
		String collapsed = browser.find("[data-format=collapsed]").getDomProperty("href");
		assertThat(collapsed)
			.startsWith(server.address() + "/instances/" + instance.id() + "/actuator/flamegraph/burn?");
		assertThat(server.get(collapsed)).contains("Burner.spin");
		assertThat(browser.find("[data-format=collapsed]").getDomProperty("download")).isEqualTo("burn-cpu.txt");
		browser.open(browser.find(".actions a[target=_blank]").getDomProperty("href"));
		browser.await(() -> browser.driver().getTitle().equals("burn"));
		assertThat(browser.driver().executeScript("return flameGraph.state().theme")).isEqualTo("dark");
	}

	@Test
	void themeAndLayoutAreChosenAndLinked() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(graphColours()).isEqualTo("light");
		browser.choose(".controls select", "dark");
		assertThat(graphColours()).isEqualTo("dark");
		browser.viewer().findElement(By.cssSelector("[aria-label=Icicle]")).click();
		browser.await(() -> browser.query().contains("layout=icicle") && browser.query().contains("theme=dark"));
	}

	private static String graphColours() {
		return (String) browser.driver()
			.executeScript("return getComputedStyle(arguments[0]).colorScheme", browser.find(".flame-graph"));
	}

	@Test
	void theListCanBeHiddenToGiveTheGraphItsRoom() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		int before = browser.find(".flame-graph").getRect().getHeight();
		browser.find(".toggle").click();
		assertThat(browser.find(".scroller").isDisplayed()).isFalse();
		assertThat(browser.find(".flame-graph").getRect().getHeight()).isGreaterThan(before);
		browser.await(() -> browser.query().contains("list=hidden"));
	}

	@Test
	void everythingCanBeDoneWithTheKeyboard() {
		open("");
		browser.driver().executeScript("arguments[0].focus()", browser.find(".filter"));
		for (int i = 0; i < 10; i++) {
			browser.press(Keys.TAB);
		}
		browser.press(Keys.ENTER);
		browser.awaitViewer(".headline", "burn · CPU · ");
	}

	@Test
	void everythingIsSaidInEveryLanguageWithTheSameValues() {
		open("");
		assertThat(browser.driver().executeScript("""
				const { en, ...others } = ProfiledViewer.language.texts;
				const values = (text) => [...new Set(JSON.stringify(text).match(/\\{\\w+}/g))].sort().join();
				return Object.entries(others).flatMap(([language, texts]) => [
					...Object.keys(texts).filter((key) => !(key in en)).map((key) => language + ' alone: ' + key),
					...Object.keys(en).filter((key) => values(en[key]) !== values(texts[key] ?? '-'))
						.map((key) => language + ' differs: ' + key),
					...Object.keys(en).filter((key) => !(key in texts)).map((key) => language + ' lacks: ' + key)
				]);""")).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
		assertThat(browser.driver().executeScript("return Object.keys(ProfiledViewer.language.texts)"))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder("en", "de", "zh");
	}

	@Test
	void theViewSpeaksTheLanguageOfAdmin() {
		browser.speak("de");
		open("?endpoint=nope");
		browser.awaitText(".pane .problem", "Der Flame-Graph konnte nicht geladen werden.");
		assertThat(sidebarEntry()).isEqualTo("Flame-Graphs");
		assertThat(browser.text(".endpoints thead")).contains("Zuletzt profiliert");
		browser.speak("zh-CN");
		open("");
		assertThat(browser.text(".hint")).isEqualTo("选择一个端点以查看它的火焰图。");
		assertThat(sidebarEntry()).isEqualTo("火焰图");
		browser.speak("fr");
		open("");
		assertThat(browser.text(".hint")).isEqualTo("Choose an endpoint to see its flame graph.");
		assertThat(sidebarEntry()).isEqualTo("Flame graphs");
	}

}
