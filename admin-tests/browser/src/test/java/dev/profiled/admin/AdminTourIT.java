package dev.profiled.admin;

import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does in the view.
 */
@Tag("browser")
@ExtendWith(Landscape.Shared.class)
class AdminTourIT {

	private static final Server SERVER = Server.OPEN_4_1;

	private static Landscape landscape;

	private static Instance instance;

	private static AdminBrowser browser;

	@BeforeAll
	static void start(Landscape shared) {
		landscape = shared;
		browser = landscape.browser();
		instance = landscape.instance(SERVER, Application.PLAIN_4_1);
		Awaitility.await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 10);
			instance.work("churn", 3);
			return instance.get("actuator/flamegraph/burn?format=collapsed").contains("Burner.spin");
		});
	}

	@BeforeEach
	void leave() {
		instance.behave();
		browser.leave(landscape.address(SERVER));
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
		assertThat(browser.rows()).extracting((row) -> row.get(0)).containsExactly("burn", "churn", "never-called");
		List<String> burn = browser.row("burn");
		assertThat(burn.get(1)).isEqualTo("GET /work/burn/{millis}");
		assertThat(Integer.parseInt(burn.get(2).replace(" ", ""))).isPositive();
		assertThat(burn.subList(4, 7)).allMatch((latency) -> latency.endsWith(" ms"));
		assertThat(burn.get(8)).matches("2\\d\\.\\d ms");
		assertThat(burn.get(9)).matches("[\\d.]+ (µs|ms)");
		assertThat(burn.get(10)).matches("[\\d.]+ kB");
		assertThat(browser.row("never-called").subList(2, 12)).containsExactly("0", "0", "–", "–", "–", "", "–", "–",
				"–", "never");
		assertThat(burn.get(11)).matches("just now|\\d+ (sec|min)\\. ago");
		assertThat(browser.find(".endpoints tbody td:last-child").getDomAttribute("title"))
			.contains(Year.now().toString());
		assertThat(browser.text(".status .line")).matches(
				"Profiling · [^·]+ · one sample every [\\d.]+ (µs|ms) of CPU, 2.10 MB allocated and 9.97 ms blocked"
						+ " · looks at threads every [\\d.]+ ms · with(out)? kernel frames");
		assertThat(browser.text(".hint")).isEqualTo("Choose an endpoint to see its flame graph.");
		// Spring Boot Admin itself complains if its details are left before they are
		// drawn
		assertThat(browser.complaints()).noneMatch(AdminBrowser::isOurs);
	}

	private static String sidebarEntry() {
		return browser.text(browser.driver().findElement(By.cssSelector("a[href$='/flamegraphs']")));
	}

	@Test
	void theListSortsAndFiltersAndTheAddressTells() {
		open("");
		header("Name").click();
		assertThat(browser.rows().get(0).get(0)).isEqualTo("never-called");
		for (String figure : List.of("Profiled", "Waiting / req", "Time goes to")) {
			header(figure).click();
			assertThat(browser.rows().get(2).get(0)).as(figure).isEqualTo("never-called");
			assertThat(header(figure).findElement(By.xpath("..")).getDomAttribute("aria-sort")).isEqualTo("descending");
		}
		header("Profiled").click();
		assertThat(browser.rows().get(0).get(0)).isEqualTo("burn");
		header("Profiled").click();
		assertThat(browser.rows().get(2).get(0)).isEqualTo("burn");
		browser.find(".filter").sendKeys("ever");
		assertThat(browser.rows()).extracting((row) -> row.get(0)).containsExactly("never-called");
		browser.find(".filter").clear();
		browser.find(".filter").sendKeys("/work/CHURN");
		assertThat(browser.rows()).hasSize(1);
		assertThat(browser.text(".shown")).isEqualTo("1 of 3 endpoints");
		browser
			.await(() -> browser.query().contains("filter=/work/CHURN") && browser.query().contains("sort=profiled"));
		browser.driver().navigate().refresh();
		browser.awaitList();
		assertThat(browser.rows()).hasSize(1);
		browser.find(".filter").sendKeys("x");
		browser.awaitText(".empty", "No endpoint matches “/work/CHURNx”.");
		browser.find(".empty .button").click();
		assertThat(browser.rows()).hasSize(3);
		assertThat(browser.focused()).isEqualTo("filter");
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
	void aLinkShowsEverythingThatCanBeChosen() {
		open("?endpoint=burn&methods=open");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.viewer().findElement(AdminBrowser.css(".drawer tbody button[title$='Burner.spin']")).click();
		browser.await(() -> browser.query().contains("method="));
		String method = browser.query().replaceAll(".*(method=[^&]*).*", "$1");
		open("?endpoint=burn&theme=dark&filter=work&sort=-profiled&list=hidden&search=spin&kinds=own&" + method
				+ "&layout=icicle&methods=open&order=total&root=open&frameworks=folded");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(graphColours()).isEqualTo("dark");
		assertThat(browser.find(".filter").getDomProperty("value")).isEqualTo("work");
		assertThat(header("Profiled").findElement(By.xpath("..")).getDomAttribute("aria-sort")).isEqualTo("descending");
		assertThat(browser.isShown(".scroller")).isFalse();
		assertThat(inViewer(".query").getDomProperty("value")).isEqualTo("spin");
		assertThat(inViewer("[data-category=own]").getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(browser.viewerText(".details h3")).contains("Burner.spin");
		assertThat(inViewer("[aria-label=Icicle]").getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(inViewer("[aria-label=Methods]").getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(inViewer("th.total").getDomAttribute("aria-sort")).isEqualTo("ascending");
		assertThat(inViewer("[aria-label='Fold root']").getDomAttribute("aria-pressed")).isEqualTo("false");
		// there is nothing in this graph to see it by, but it is handed on
		inViewer("th.total button").click();
		browser.await(() -> browser.query().contains("order=-total"));
		assertThat(browser.query()).contains("frameworks=folded", "root=open", "search=spin", "kinds=own", method);
	}

	private static WebElement inViewer(String selector) {
		return browser.viewer().findElement(AdminBrowser.css(selector));
	}

	@Test
	void anotherEventIsChosenByItsTabAndTheAddressTells() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.tabs()).containsExactly("cpu", "wall", "alloc", "lock");
		browser.zoomUp(3);
		browser.press("/");
		browser.press("Burner");
		browser.await(() -> browser.query().contains("search=Burner"));
		WebElement canvas = inViewer("canvas");
		browser.chooseEvent("wall");
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(inViewer("canvas")).isEqualTo(canvas);
		assertThatTheZoomAndTheSearchAreKept();
		assertThat(browser.query()).contains("event=wall");
		assertThat(browser.find("[data-format=json]").getDomProperty("href")).endsWith("event=wall&format=json");
		browser.driver().navigate().refresh();
		browser.await(() -> !browser.viewerText(".headline").isEmpty());
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThatTheZoomAndTheSearchAreKept();
		browser.driver().navigate().back();
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThatTheZoomAndTheSearchAreKept();
		browser.driver().navigate().forward();
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThatTheZoomAndTheSearchAreKept();
		browser.choose("churn");
		browser.awaitViewer(".headline", "churn · Wall clock · ");
		assertThat(browser.complaints()).isEmpty();
	}

	private static void assertThatTheZoomAndTheSearchAreKept() {
		assertThat(browser.viewerText(".crumbs")).startsWith("all › ").contains("Burner.");
		assertThat(browser.viewerText(".matched")).startsWith("matched ");
		browser.await(() -> browser.query().contains("zoom=") && browser.query().contains("search=Burner"));
	}

	@Test
	void eventsAreChosenWithTheKeyboardAndRefreshingKeepsThem() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.focus(browser.tab("cpu"));
		browser.press(Keys.ARROW_RIGHT);
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		browser.press("3");
		browser.awaitViewer(".headline", "burn · Allocation · ");
		browser.press(Keys.HOME, Keys.ARROW_RIGHT);
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(browser.tab("wall").getDomAttribute("aria-selected")).isEqualTo("true");
		browser.await(() -> browser.tab("wall").getDomAttribute("aria-busy").equals("false"));
		String headline = browser.viewerText(".headline");
		instance.work("burn", 10);
		browser.awaitText(".newer", "newer samples");
		browser.find(".newer").click();
		browser.await(() -> !browser.viewerText(".headline").equals(headline));
		assertThat(browser.viewerText(".headline")).startsWith("burn · Wall clock · ");
		assertThat(browser.isShown(".newer")).isFalse();
	}

	@Test
	void whatTimeIsSpentOnIsLitAndALinkShowsTheSame() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		inViewer(".segment[data-time=cpu]").click();
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		browser.await(() -> browser.query().contains("event=wall") && browser.query().contains("kinds=cpu"));
		browser.driver().navigate().refresh();
		browser.await(() -> !browser.viewerText(".headline").isEmpty());
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(inViewer(".segment[data-time=cpu]").getDomAttribute("aria-pressed")).isEqualTo("true");
		browser.driver().navigate().back();
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.await(() -> !browser.query().contains("kinds="));
		assertThat(inViewer(".segment[data-time=cpu]").getDomAttribute("aria-pressed")).isEqualTo("false");
	}

	@Test
	void anEventThatIsNotThereIsToldInWordsAndCpuIsShown() {
		open("?endpoint=burn&event=nope");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.text(".pane .problem")).isEqualTo("There is no event “nope” here. This is CPU.");
		assertThat(browser.find("[data-format=json]").getDomProperty("href")).contains("event=cpu");
		browser.find(".refresh").click();
		browser.chooseEvent("cpu");
		browser.await(() -> browser.query().contains("event=cpu") && !browser.isShown(".pane .problem"));
		browser.driver().navigate().back();
		browser.awaitText(".pane .problem", "There is no event “nope” here.");
	}

	@Test
	void anEventThatCannotBeLoadedIsToldInWordsAndTheGraphBeforeStays() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		Map<Integer, String> words = Map.of(401, "The instance wants a login.", 404,
				"There is nothing at this address any more.", 503, "The instance does not answer;", 504,
				"The instance did not answer in time.");
		words.forEach((status, what) -> {
			instance.answer("GET", "/flamegraph/burn", status, "{}");
			browser.chooseEvent("wall");
			browser.awaitText(".pane .problem", "The flame graph could not be loaded. " + what);
			assertThat(browser.tab("cpu").getDomAttribute("aria-selected")).isEqualTo("true");
			assertThat(browser.tab("wall").getDomAttribute("aria-busy")).isEqualTo("false");
			browser.chooseEvent("cpu");
			browser.await(() -> !browser.isShown(".pane .problem"));
		});
		browser.chooseEvent("wall");
		browser.awaitText(".pane .problem", "The flame graph could not be loaded.");
		instance.behave();
		// choosing it once more does the same
		browser.find(".pane .problem .again").click();
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(browser.isShown(".pane .problem")).isFalse();
	}

	@Test
	void anEventThatIsLoadingGivesWayToTheOneThatIsShown() {
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		instance.hold("/flamegraph/burn");
		browser.chooseEvent("alloc");
		browser.awaitText(".loading", "Loading the flame graph of burn…");
		assertThat(browser.tab("alloc").getDomAttribute("aria-busy")).isEqualTo("true");
		browser.chooseEvent("cpu");
		browser.await(() -> browser.text(".loading").isEmpty());
		browser.chooseEvent("alloc");
		browser.awaitText(".loading", "Loading the flame graph of burn…");
		browser.find(".loading .button").click();
		browser.awaitText(".pane .problem", "was cancelled.");
		assertThat(browser.tab("cpu").getDomAttribute("aria-selected")).isEqualTo("true");
		instance.release();
		browser.fetch(instance.page("actuator/flamegraph/burn"));
		assertThat(browser.viewerText(".headline")).startsWith("burn · CPU · ");
		browser.chooseEvent("alloc");
		browser.awaitViewer(".headline", "burn · Allocation · ");
	}

	@Test
	void theListShowsWhereTimeGoesInTheColoursOfTheGraphAndInWords() {
		open("?endpoint=burn&theme=dark");
		browser.awaitViewer(".headline", "burn · CPU · ");
		WebElement bar = browser.find(".endpoints .chosen .split");
		assertThat(AdminBrowser.readable(bar.getAccessibleName()))
			.matches("Where .+CPU: [\\d.]+ ms per request, [\\d.]+.%.*");
		assertThat(browser.find(".endpoints .chosen .times").getDomAttribute("title")).startsWith("CPU: 2");
		assertThat(bar.findElement(By.cssSelector("[data-time=cpu]")).getCssValue("background-color"))
			.isEqualTo(inViewer("[data-time=cpu]").getCssValue("background-color"));
		browser.chooseLanguage("English", "Deutsch");
		browser.await(() -> browser.find(".endpoints .chosen .split").getAccessibleName().contains("pro Request"));
	}

	@Test
	void aLateAnswerDoesNotReplaceALaterChoice() {
		open("");
		instance.hold("/flamegraph/churn");
		browser.choose("churn");
		browser.awaitText(".loading", "Loading the flame graph of churn…");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.text(".loading")).isEmpty();
		instance.release();
		// what is asked for now is answered later than that
		browser.fetch(instance.page("actuator/flamegraph/churn"));
		assertThat(browser.viewerText(".headline")).startsWith("burn · CPU · ");
		assertThat(browser.isShown(".pane .problem")).isFalse();
	}

	@Test
	void loadingCanBeCancelledAndTriedAgain() {
		open("");
		instance.hold("/flamegraph/churn");
		browser.choose("churn");
		browser.awaitText(".loading", "Loading the flame graph of churn…");
		browser.find(".loading .button").click();
		browser.awaitText(".pane .problem", "Loading the flame graph of churn was cancelled.");
		assertThat(browser.focused()).isEqualTo("Try again");
		instance.release();
		browser.find(".pane .problem .button").click();
		browser.awaitViewer(".headline", "churn · CPU · ");
		assertThat(browser.isShown(".pane .problem")).isFalse();
		assertThat(browser.focused()).isEqualTo("flame-graph");
	}

	@Test
	void anUnknownEndpointAndALaterSchemaAreToldInWords() {
		open("?endpoint=nope");
		browser.awaitText(".pane .problem", "No endpoint is profiled under the name 'nope'. Profiled are: burn");
		instance.answer("GET", "/flamegraph/churn", 200, "{\"schema\":99,\"novelty\":true}");
		browser.choose("churn");
		browser.awaitText(".pane .problem", "answers in version 99 of the format, and this view reads version 1.");
		assertThat(browser.find(".actions a[target=_blank]").getDomProperty("href")).contains("/flamegraph/churn?")
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
		assertThat(browser.isShown(".newer")).isFalse();
		assertThat(browser.focused()).isEqualTo("flame-graph");
	}

	@Test
	void aGraphThatIsNewerThanTheListNeedsNoRefresh() {
		open("");
		browser.delete(instance.page("actuator/flamegraph/churn"));
		browser.find(".refresh").click();
		browser.await(() -> browser.row("churn").get(2).equals("0"));
		work("churn");
		browser.choose("churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		assertThat(browser.isShown(".newer")).isFalse();
	}

	@Test
	void aGraphThatWasResetByOthersAsksForARefresh() {
		instance.work("churn", 3);
		open("?endpoint=churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		browser.zoomUp(3);
		browser.delete(instance.page("actuator/flamegraph/churn"));
		browser.await(() -> browser.isShown(".newer"));
		assertThat(browser.text(".newer")).isEqualTo("Refresh");
		browser.find(".newer").click();
		browser.awaitViewer(".message", "No requests yet");
		work("churn");
		browser.find(".refresh").click();
		browser.await(() -> browser.viewerText(".crumbs").contains("Burner."));
	}

	private static void work(String endpoint) {
		Awaitility.await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work(endpoint, 3);
			return instance.get("actuator/flamegraph/" + endpoint + "?format=collapsed").contains("Burner.spin");
		});
	}

	@Test
	void theListIsRefreshedByItselfAndKeepsTheFocus() {
		open("");
		header("Profiled").click();
		browser.focus(browser.button("churn"));
		String before = browser.row("churn").get(2);
		instance.work("churn", 5);
		browser.await(() -> !browser.row("churn").get(2).equals(before));
		assertThat(browser.focused()).isEqualTo("churn");
	}

	@Test
	void oneProfileIsResetAfterAQuestion() {
		instance.work("churn", 3);
		open("?endpoint=churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		WebElement reset = browser.find(".actions .reset");
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
	void aResetThatFailedIsToldUntilItIsRepeatedOrClosed() {
		instance.work("churn", 3);
		open("?endpoint=churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		instance.answer("DELETE", "/flamegraph/churn", 405, "{}");
		reset();
		browser.awaitText(".reset-problem", "churn was not reset. The instance does not allow it.");
		String requests = browser.row("churn").get(2);
		instance.work("churn", 1);
		browser.find(".refresh").click();
		browser.await(() -> !browser.row("churn").get(2).equals(requests));
		assertThat(browser.isShown(".reset-problem")).isTrue();
		browser.find(".reset-problem .close").click();
		assertThat(browser.isShown(".reset-problem")).isFalse();
		assertThat(browser.focused()).isEqualTo("Refresh");
		reset();
		browser.awaitText(".reset-problem", "churn was not reset.");
		instance.behave();
		browser.find(".reset-problem .again").click();
		browser.await(() -> browser.row("churn").get(2).equals("0"));
		assertThat(browser.isShown(".reset-problem")).isFalse();
	}

	@Test
	void aResetThatIsAnsweredAfterTheViewWasLeftChangesNothingElse() {
		instance.work("churn", 3);
		open("?endpoint=churn");
		browser.awaitViewer(".headline", "churn · CPU · ");
		instance.hold("/flamegraph/churn");
		reset();
		browser.await(() -> !browser.isShown(".confirm"));
		browser.driver().findElement(By.cssSelector("aside a[href$='/details']")).click();
		browser.await(() -> browser.driver().getCurrentUrl().equals(instance.page("details")));
		instance.release();
		long before = browser.asked("/actuator/flamegraph");
		browser.fetch(instance.page("actuator/flamegraph/churn"));
		assertThat(browser.asked("/actuator/flamegraph")).isEqualTo(before);
		assertThat(browser.driver().getCurrentUrl()).isEqualTo(instance.page("details"));
		assertThat(browser.complaints()).noneMatch(AdminBrowser::isOurs);
	}

	private static void reset() {
		browser.find(".actions .reset").click();
		browser.find(".confirm .yes").click();
	}

	@Test
	void downloadsAndTheNewTabLeadThroughTheServer() {
		open("?endpoint=burn&theme=dark");
		browser.awaitViewer(".headline", "burn · CPU · ");
		browser.find(".menu summary").click();
		String collapsed = browser.find("[data-format=collapsed]").getDomProperty("href");
		assertThat(collapsed).startsWith(instance.page("actuator/flamegraph/burn?"));
		assertThat(landscape.get(collapsed)).contains("Burner.spin");
		assertThat(browser.find("[data-format=collapsed]").getDomProperty("download")).isEqualTo("burn-cpu.txt");
		assertThat(landscape.get(browser.find("[data-format=svg]").getDomProperty("href"))).contains("<svg")
			.contains("Burner.spin");
		assertThat(browser.find("[data-format=pprof]").getDomProperty("download")).isEqualTo("burn-cpu.pb.gz");
		assertThat(browser.find("[data-format=md]").getText()).isEqualTo("Summary (Markdown)");
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
		inViewer("[aria-label=Icicle]").click();
		browser.await(() -> browser.query().contains("layout=icicle") && browser.query().contains("theme=dark"));
	}

	@Test
	void theThemeCanBeThatOfTheSystem() {
		browser.preferColours("dark");
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(graphColours()).isEqualTo("light");
		browser.choose(".controls select", "auto");
		assertThat(graphColours()).isEqualTo("dark");
		browser.preferColours("light");
		browser.await(() -> graphColours().equals("light"));
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
	void theGraphHasItsRoomOnAPhone() {
		browser.emulatePhone(390, 844);
		open("?endpoint=burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.find(".pane").getRect().getHeight()).isGreaterThan(600);
		assertThat(browser.find(".scroller").getRect().getHeight()).isGreaterThan(90);
		Rectangle bar = browser.find(".endpoints .chosen .split").getRect();
		assertThat(bar.getX() + bar.getWidth()).isLessThan(390);
		assertThat(header("p95").isDisplayed()).isTrue();
		browser.driver().executeScript("arguments[0].scrollLeft = 1000", browser.find(".scroller"));
		assertThat(browser.find(".endpoints .chosen .alloc").getRect().getX()).isLessThan(300);
		assertThat(browser.find(".endpoints .chosen .choose").getRect().getX()).isBetween(0, 100);
		browser.chooseEvent("wall");
		browser.awaitViewer(".headline", "burn · Wall clock · ");
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
		browser.speak("zh-CN");
		open("");
		assertThat(browser.text(".hint")).isEqualTo("选择一个端点以查看它的火焰图。");
		assertThat(sidebarEntry()).isEqualTo("火焰图");
		browser.speak("fr");
		open("");
		assertThat(browser.text(".hint")).isEqualTo("Choose an endpoint to see its flame graph.");
		assertThat(sidebarEntry()).isEqualTo("Flame graphs");
	}

	@Test
	void theViewFollowsWhenAnotherLanguageIsChosenInAdmin() {
		open("?endpoint=nope");
		browser.awaitText(".pane .problem", "The flame graph could not be loaded.");
		browser.chooseLanguage("English", "Deutsch");
		browser.awaitText(".pane .problem", "Der Flame-Graph konnte nicht geladen werden.");
		assertThat(browser.text(".pane .problem .button")).isEqualTo("Noch einmal versuchen");
		assertThat(sidebarEntry()).isEqualTo("Flame-Graphs");
		assertThat(browser.text(".endpoints thead")).contains("Warten / Req.");
		browser.choose("burn");
		browser.awaitViewer(".headline", "burn · CPU · ");
		assertThat(browser.viewerText(".truth")).contains("Messung durch ");
	}

}
