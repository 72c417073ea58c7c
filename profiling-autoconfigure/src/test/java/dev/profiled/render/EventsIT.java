package dev.profiled.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.Browser.Rect;
import dev.profiled.render.FlameGraphPage.Theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the events of a page in a browser: the tabs, what each event says, and the
 * split bar. After each test the browser must not have complained, its content security
 * policy included, nor asked for anything but the page itself.
 */
@Tag("browser")
class EventsIT {

	private static final String SERVICE = "ReportService.total";

	@TempDir
	static Path directory;

	static Browser browser;

	@BeforeAll
	static void startBrowser() {
		browser = Browser.start(directory);
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void reset() {
		browser.reset();
	}

	@AfterEach
	void nothingWasComplainedAboutOrRequested() {
		assertThat(browser.messages()).isEmpty();
		assertThat(browser.requests()).isNotEmpty()
			.allMatch((url) -> url.startsWith("file:") || url.startsWith("data:"));
	}

	@Test
	void eachEventAnswersInItsOwnUnits() {
		open();
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Wall", "Alloc", "Lock");
		assertThat(browser.text(".headline")).isEqualTo("sales-report · CPU · 100 requests, 2.00 s of CPU, "
				+ "20.0 ms per request · last 12 min · 200 samples (every 10.0 ms)");
		tab("wall").click();
		assertThat(browser.text(".headline")).isEqualTo("sales-report · Wall clock · 100 requests, 5.00 s elapsed, "
				+ "50.0 ms per request · last 12 min · 338 samples (every 20.0 ms)");
		browser.hover(browser.rect("[socket I/O]"));
		assertThat(browser.text(".tooltip .where")).isEqualTo("Socket");
		assertThat(browser.texts(".tooltip tbody tr")).contains("Wall clock1.60 s1.60 s", "per request16.0 ms16.0 ms",
				"samples8080");
		tab("alloc").click();
		assertThat(browser.text(".headline")).isEqualTo("sales-report · Allocation · 100 requests, 300 MB allocated, "
				+ "3.00 MB per request · last 12 min · 300 samples (every 1.00 MB)");
		browser.hover(browser.rect("HashMap$Node"));
		assertThat(browser.text(".tooltip .where")).isEqualTo("java.util · Types");
		assertThat(browser.texts(".tooltip tbody tr")).contains("Allocation150 MB150 MB", "per request1.50 MB1.50 MB");
		tab("lock").click();
		assertThat(browser.text(".headline"))
			.isEqualTo("sales-report · Locks · 100 requests · last 12 min · 0 samples (every 1.00 ms blocked)");
	}

	@Test
	void theEventThatWasAskedForIsShownFirstAndTheOthersKeepTheirOrder() {
		browser.open(List.of(TestProfile.alloc(), TestProfile.simple(), TestProfile.wall()), Theme.LIGHT);
		assertThat(browser.state("event")).isEqualTo("alloc");
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Wall", "Alloc");
		assertThat(selectedTab()).isEqualTo("Alloc");
	}

	@Test
	void whatIsNotSampledHasNoTabUnlessItWasAskedFor() {
		TestProfile unsampled = new TestProfile().of(ProfileEvent.LOCK, 0)
			.with("profiler", "{\"state\": \"armed\", \"engine\": \"ctimer\", \"intervals\": {\"cpu\": 1}}");
		browser.open(List.of(TestProfile.simple(), TestProfile.wall(), unsampled), Theme.LIGHT);
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Wall");
		browser.open(List.of(unsampled, TestProfile.simple()), Theme.LIGHT);
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Lock");
		assertThat(browser.text(".message h2")).isEqualTo("Locks: not sampled");
		browser.open(TestProfile.simple());
		assertThat(browser.find("[role=tablist]").isDisplayed()).isFalse();
	}

	@Test
	void noBlockedRequestIsGoodNews() {
		open();
		tab("lock").click();
		assertThat(browser.text(".message h2")).isEqualTo("No request was blocked by a lock");
		assertThat(browser.text(".message > p")).isEqualTo("100 requests were seen, taking 30.0 ms on average. "
				+ "That is good news: no lock cost time worth a sample.");
		assertThat(browser.find(".graph").isDisplayed()).isFalse();
		Rectangle tab = tab("alloc").getRect();
		tab("cpu").click();
		assertThat(browser.find(".graph").isDisplayed()).isTrue();
		assertThat(tab("alloc").getRect()).isEqualTo(tab);
		tab("lock").click();
		segment("pool").click();
		assertThat(browser.state("event")).isEqualTo("wall");
		assertThat(lit()).containsExactly("[pool]");
	}

	@Test
	void fewLockSamplesAmongManyRequestsAreNotWorthWaitingFor() {
		browser.open(TestProfile.lock().stack(3, List.of("dev.profiled.sample.A.b", "type!java.lang.Object")));
		assertThat(browser.text(".headline")).contains("3.00 ms blocked, 30.0 µs per request")
			.endsWith("too few to compare: requests are rarely blocked");
		assertThat(browser.labels()).contains("Object");
	}

	@Test
	void switchingKeepsWhatTheReaderChose() {
		open();
		browser.click(browser.rect(SERVICE));
		browser.settle();
		browser.find(".query").sendKeys("reportservice");
		browser.find("button[aria-label='Methods']").click();
		browser.find("th.total button").click();
		tab("wall").click();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.state("query")).isEqualTo("reportservice");
		assertThat(browser.text(".matched")).isEqualTo("matched 84.0 %");
		assertThat(browser.find("th.total").getDomAttribute("aria-sort")).isEqualTo("descending");
		browser.press(Keys.ESCAPE);
		browser.click(browser.rect("[socket I/O]"));
		browser.settle();
		tab("alloc").click();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		tab("wall").click();
		assertThat(browser.state("zoomed")).isEqualTo("[socket I/O]");
	}

	@Test
	void whatIsOnlyPlumbingElsewhereIsNotZoomedTo() {
		open();
		browser.click(browser.rect("AuditInterceptor.preHandle"));
		browser.settle();
		tab("alloc").click();
		assertThat(browser.state("zoomed")).isNull();
		tab("cpu").click();
		assertThat(browser.state("zoomed")).isEqualTo("AuditInterceptor.preHandle");
	}

	@Test
	void theSelectedMethodStaysSelectedWhereItIsAndComesBackWhereItIsNot() {
		open();
		browser.press("t");
		browser.find("button[title='org.h2.command.query.Query.query']").click();
		tab("wall").click();
		assertThat(browser.state("selected")).isEqualTo("Query.query");
		tab("alloc").click();
		assertThat(browser.state("selected")).isNull();
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("dimmed"));
		tab("cpu").click();
		assertThat(browser.state("selected")).isEqualTo("Query.query");
	}

	@Test
	void keysLeadToTheTabs() {
		open();
		browser.press("2");
		assertThat(browser.state("event")).isEqualTo("wall");
		browser.press("4");
		assertThat(browser.state("event")).isEqualTo("lock");
		browser.press("3");
		assertThat(browser.state("event")).isEqualTo("alloc");
		browser.press("1", "?");
		assertThat(browser.state("event")).isEqualTo("cpu");
		assertThat(browser.texts("dialog.help kbd")).contains("1 … 4");
		browser.press(Keys.ESCAPE);
		browser.find(".query").sendKeys("2");
		assertThat(browser.state("event")).isEqualTo("cpu");
	}

	@Test
	void tabsAreOneStopAndWalkedWithArrows() {
		open();
		browser.driver().executeScript("arguments[0].focus()", tab("cpu"));
		browser.press(Keys.ARROW_RIGHT);
		assertThat(browser.state("event")).isEqualTo("wall");
		assertThat(focused("data-event")).isEqualTo("wall");
		assertThat(browser.findAll("[role=tab][tabindex='0']")).hasSize(1);
		assertThat(style(tab("wall"), "outlineStyle")).isEqualTo("solid");
		browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
		assertThat(browser.state("event")).isEqualTo("lock");
		browser.press(Keys.HOME);
		assertThat(browser.state("event")).isEqualTo("cpu");
		assertThat(browser.find(".stage").getDomAttribute("role")).isEqualTo("tabpanel");
		assertThat(browser.find("#" + browser.find(".stage").getDomAttribute("aria-labelledby")).getText())
			.isEqualTo("CPU");
		String address = browser.driver().getCurrentUrl();
		tab("wall").click();
		assertThat(browser.driver().getCurrentUrl()).isEqualTo(address);
	}

	@Test
	void theSplitBarTellsWhereTheTimeWent() {
		open();
		assertThat(browser.text(".split .caption")).isEqualTo("50.0 ms elapsed");
		assertThat(segments()).extracting((segment) -> Browser.readable(segment.getDomAttribute("aria-label")))
			.containsExactly("CPU: 21.0 ms per request, 42.0 %", "Waiting for a core: 1.00 ms per request, 2.00 %",
					"Lock: 4.00 ms per request, 8.00 %", "Pool: 6.00 ms per request, 12.0 %",
					"Socket: 16.0 ms per request, 32.0 %", "File: 1.00 ms per request, 2.00 %",
					"Sleep: 400 µs per request, 0.800 %", "GC: 400 µs per request, 0.800 %",
					"Other wait: 200 µs per request, 0.400 %");
		double width = browser.find(".track").getRect().getWidth();
		assertThat((double) segment("socket").getRect().getWidth()).isCloseTo(0.32 * width, within(15.0));
		new Actions(browser.driver()).moveToElement(segment("pool")).perform();
		assertThat(browser.find(".tooltip").isDisplayed()).isTrue();
		assertThat(browser.text(".tooltip")).startsWith("PoolParked until")
			.endsWith("per request6.00 msof the elapsed time12.0 %100 requests600 ms");
	}

	@Test
	void labelsOfTheSplitBarAreThereOrNotButNeverCut() {
		open();
		assertThat(shownLabels()).contains("CPU", "21.0 ms · 42.0 %", "Socket", "16.0 ms · 32.0 %", "Pool", "Lock")
			.doesNotContain("GC", "Sleep", "Other wait");
	}

	@Test
	void aSegmentHighlightsInTheWallClockWhatItStandsFor() {
		open();
		browser.click(browser.rect(SERVICE));
		browser.settle();
		segment("socket").click();
		browser.settle();
		assertThat(browser.state()).containsEntry("event", "wall").containsEntry("zoomed", null);
		assertThat(lit()).containsExactly("[socket I/O]");
		assertThat(browser.text(".matched")).isEqualTo("matched 32.0 %");
		assertThat(browser.rect("[socket I/O]").width()).isCloseTo(0.32 * browser.rects().get(0).width(), within(1.0));
		assertThat(pressed()).containsExactly("socket");
		segment("core").click();
		assertThat(lit()).containsExactly("[waiting for a core]");
		assertThat(browser.text(".matched")).isEqualTo("matched 2.00 %");
		segment("core").click();
		assertThat(browser.state("matched")).isNull();
		assertThat(pressed()).isEmpty();
		segment("lock").click();
		assertThat(lit()).containsExactly("[lock]");
		browser.press(Keys.ESCAPE);
		assertThat(browser.state("matched")).isNull();
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("dimmed"));
		assertThat(pressed()).isEmpty();
	}

	@Test
	void theSegmentOfTheCpuHighlightsWhatDoesNotWait() {
		open();
		segment("cpu").click();
		browser.settle();
		assertThat(browser.text(".matched")).isEqualTo("matched 42.0 %");
		assertThat(lit()).contains("AuditInterceptor.preHandle", "ObjectWriter.writeValue", "[on CPU, not sampled]")
			.doesNotContain("[socket I/O]", "ReportController.sales");
		assertThat(browser.rect(SERVICE).is("matched")).isFalse();
		assertThat(browser.rect("List.forEach").is("matched")).isTrue();
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("partlyMatched"))
			.extracting(Rect::label)
			.containsExactlyInAnyOrder(SERVICE, "Query.query");
		browser.press("t");
		assertThat(browser.texts("tbody .name > bdi")).contains(SERVICE).doesNotContain("[socket I/O]", "[lock]");
		assertThat(pressed()).containsExactly("cpu");
	}

	@Test
	void aHighlightWaitsForTheWallClockAndASearchEndsIt() {
		open();
		segment("socket").click();
		tab("cpu").click();
		assertThat(browser.state("matched")).isNull();
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("dimmed"));
		assertThat(pressed()).isEmpty();
		tab("wall").click();
		assertThat(lit()).containsExactly("[socket I/O]");
		browser.find(".query").sendKeys("hikari");
		assertThat(browser.text(".matched")).isEqualTo("matched 12.0 %");
		assertThat(pressed()).isEmpty();
		segment("pool").click();
		assertThat(browser.find(".query").getDomProperty("value")).isEmpty();
		assertThat(lit()).containsExactly("[pool]");
	}

	@Test
	void theSplitBarWorksWithTheKeyboard() {
		open();
		browser.driver().executeScript("arguments[0].focus()", segment("cpu"));
		browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
		assertThat(focused("data-time")).isEqualTo("lock");
		assertThat(browser.text(".tooltip .name")).isEqualTo("Lock");
		browser.press(Keys.ENTER);
		assertThat(browser.state("event")).isEqualTo("wall");
		assertThat(lit()).containsExactly("[lock]");
		assertThat(focused("data-time")).isEqualTo("lock");
		assertThat(browser.findAll(".segment[tabindex='0']")).hasSize(1);
		browser.press(Keys.ESCAPE);
		assertThat(browser.state("matched")).isNull();
	}

	@Test
	void withoutASplitThereIsNoBarAndNoRoomForIt() {
		browser.open(TestProfile.simple());
		assertThat(browser.find(".split").isDisplayed()).isFalse();
	}

	@Test
	void theTruthIsToldWithWhatWasMeasured() {
		open();
		assertThat(browser.text(".truth")).startsWith("Measured per request: 21.0 ms CPU, 3.10 MB allocated, "
				+ "29.0 ms waiting; samples cover 95.2 % of the CPU time · Engine perf_events, one sample every 10.0 ms");
		tab("wall").click();
		assertThat(browser.text(".truth"))
			.contains("Engine perf_events on the CPU, waiting threads looked at every 20.0 ms");
		tab("alloc").click();
		assertThat(browser.text(".truth"))
			.contains("samples cover 96.8 % of the memory", "One sample for every 1.00 MB allocated")
			.doesNotContain("ernel frames");
	}

	@Test
	void whatIsApproximateIsCountedWithItsReason() {
		browser.open(TestProfile.simple().with("approximateRequests", "7"));
		assertThat(browser.text(".truth")).startsWith("CPU stacks of 7 requests are approximate: they ran on virtual "
				+ "threads, or while async-profiler could not");
		browser.open(TestProfile.simple()
			.with("approximateRequests", "100")
			.with("profiler", "{\"state\": \"fallback\", \"engine\": \"thread-sampler\", \"message\": null, "
					+ "\"advice\": \"Run on Linux.\"}"));
		assertThat(browser.text(".truth")).startsWith("CPU stacks of 100 requests are approximate: async-profiler "
				+ "cannot run, so the JVM itself reads them · Engine thread-sampler (the JVM itself, without "
				+ "async-profiler), one sample every 10.0 ms");
		assertThat(browser.texts(".notices p")).singleElement()
			.asString()
			.startsWith("async-profiler cannot run here")
			.endsWith("Run on Linux.");
	}

	@Test
	void inTheFallbackSamplesAreStillToBeExpected() {
		browser.open(new TestProfile().with("profiler", "{\"state\": \"fallback\", \"engine\": \"thread-sampler\"}"));
		assertThat(browser.text(".message h2")).isEqualTo("No samples yet");
	}

	@Test
	void theCommonRootOfTheWallClockFoldsBesideWhatHasNoStack() {
		for (String handlers : List.of("[\"dev.profiled.sample.ReportController.sales\"]", "[]")) {
			browser.open(TestProfile.wall()
				.with("handlers", handlers)
				.with("ownPackages", handlers.equals("[]") ? "[]" : "[\"dev.profiled.sample\"]")
				.weigh(9_000_000_000L, List.of("wait![waiting for a core]")));
			assertThat(browser.rects()).filteredOn((rect) -> rect.row() == 1)
				.extracting((rect) -> rect.label().replaceAll("▸ .*", "bar"))
				.containsExactlyInAnyOrder("bar", "[waiting for a core]", "[GC or safepoint pause]",
						"[on CPU, not sampled]");
			assertThat(browser.labels()).doesNotContain("Thread.run");
		}
	}

	@Test
	void waitsHaveTheColoursOfTheSplitBarAndEntriesInTheLegend() {
		for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
			browser.open(events(), theme);
			tab("wall").click();
			assertThat(browser.texts(".legend .entry")).containsExactly("Your code26.0 %", "Libraries12.0 %", "JDK0 %",
					"Native0 %", "Kernel2.00 %", "CPU, not sampled2.00 %", "Waiting for a core2.00 %", "Lock8.00 %",
					"Pool12.0 %", "Socket32.0 %", "File2.00 %", "Sleep0.800 %", "GC0.800 %", "Other wait0.400 %");
			assertThat(browser.rect("[socket I/O]").category()).isEqualTo("socket");
			assertThat(rgb(browser.rect("[socket I/O]").fill())).isEqualTo(style(segment("socket"), "backgroundColor"));
			for (WebElement segment : segments()) {
				assertThat(browser.contrast(style(segment, "backgroundColor"), style(segment, "color")))
					.as(theme + " " + segment.getDomAttribute("data-time"))
					.isGreaterThanOrEqualTo(4.5);
			}
			browser.find("[data-category=socket]").click();
			assertThat(lit()).containsExactly("[socket I/O]");
			assertThat(pressed()).containsExactly("socket");
			for (Rect rect : browser.rects()) {
				assertThat(browser.contrast(rect.fill(), rect.ink())).as(theme + " " + rect)
					.isGreaterThanOrEqualTo(4.5);
			}
			for (String event : List.of("cpu", "wall")) {
				assertThat(browser.contrast(background(tab(event)), style(tab(event), "color")))
					.isGreaterThanOrEqualTo(4.5);
			}
		}
	}

	@Test
	void typesAreWhatTheirMethodsAllocated() {
		browser.open(TestProfile.alloc());
		browser.hover(browser.rect(SERVICE));
		assertThat(browser.texts(".tooltip tbody tr")).contains("Allocation300 MB100 MB");
		assertThat(browser.rect("Line").category()).isEqualTo("type");
		assertThat(browser.texts(".legend .entry")).containsExactly("Your code50.0 %", "Libraries0 %", "JDK50.0 %",
				"Types100 %");
		browser.press("t");
		assertThat(browser.texts("tbody tr").subList(0, 2)).containsExactlyInAnyOrder(
				"HashMap$Nodejava.util · Types50.0 %50.0 %", "HashMap.putValjava.util50.0 %50.0 %");
		browser.find("button[title='byte[]']").click();
		assertThat(browser.text(".callees p")).isEqualTo("Nothing: it is where stacks end.");
	}

	@Test
	void everythingHasRoomOnAPhone() {
		browser.emulatePhone(390, 844);
		open();
		assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth")).isEqualTo(390L);
		assertThat(Stream.of("cpu", "wall", "alloc", "lock").map(EventsIT::tab).map((tab) -> tab.getRect().getY()))
			.containsOnly(tab("cpu").getRect().getY());
		assertThat(tab("lock").getRect().getX() + tab("lock").getRect().getWidth()).isLessThanOrEqualTo(390);
		assertThat(browser.find(".split").getRect().getX() + browser.find(".split").getRect().getWidth())
			.isLessThanOrEqualTo(390);
		segment("socket").click();
		browser.settle();
		assertThat(lit()).containsExactly("[socket I/O]");
		assertThat(browser.text(".matched")).isEqualTo("matched 32.0 %");
		assertThat(browser.find(".graph").getRect().getHeight()).isGreaterThan(250);
		assertThat(browser.find(".matched").isDisplayed()).isTrue();
	}

	@Test
	void hostileEventsAndSplitsAreOnlyText() {
		String markup = "</script><img src=x onerror=\"window['hacked']=1\">";
		TestProfile strange = TestProfile.simple()
			.text("event", markup)
			.with("split",
					"{\"requests\": 1, \"cpu\": -5, \"socket\": " + TestProfile.quote(markup) + ", \"__proto__\": 3, "
							+ TestProfile.quote(markup) + ": 4}")
			.with("measured", "{\"requests\": " + TestProfile.quote(markup) + "}");
		List<TestProfile> profiles = new ArrayList<>(List.of(strange, TestProfile.simple().text("event", "__proto__"),
				TestProfile.simple().text("event", "constructor"),
				TestProfile.wall()
					.with("split", "{\"requests\": 1, \"socket\": 1}")
					.stack(50, List.of("wait!" + markup, "type!" + markup, "wait!constructor"))));
		browser.open(profiles, Theme.LIGHT);
		assertThat(browser.texts("[role=tab]")).containsExactly("Wall", markup, "__proto__", "constructor");
		assertThat(browser.find(".split").isDisplayed()).isFalse();
		for (WebElement tab : browser.findAll("[role=tab]")) {
			tab.click();
			browser.rects().forEach(browser::hover);
		}
		tab("wall").click();
		segment("socket").click();
		browser.press("t");
		assertThat(browser.texts("tbody .name > bdi")).containsExactly("[socket I/O]");
		browser.press(Keys.ESCAPE);
		browser.find("[data-category=other]").click();
		assertThat(lit()).contains(markup);
		assertThat(browser.driver().executeScript("return globalThis.hacked")).isNull();
		assertThat(browser.findAll("img, script, iframe")).isEmpty();
	}

	@Test
	void aHostThatHasOneEventIsAskedForTheOthers() {
		open();
		List<String> profiles = events().stream().map(TestProfile::json).toList();
		browser.driver().executeScript("""
				flameGraph.destroy();
				const [cpu, wall] = arguments[0].map((json) => JSON.parse(json));
				globalThis.wall = wall;
				globalThis.asked = [];
				globalThis.places = [];
				globalThis.flameGraph = ProfiledViewer.mount(document.getElementById('viewer'), cpu, {
					css: document.getElementById('viewer-css').textContent, keys: document,
					onEvent: (event, shown) => asked.push(event + ' ' + shown), changed: (place) => places.push(place)
				});""", profiles);
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Wall", "Alloc", "Lock");
		segment("socket").click();
		assertThat(browser.state()).containsEntry("event", "cpu").containsEntry("awaited", "wall");
		assertThat(selectedTab()).isEqualTo("Wall");
		assertThat(tab("wall").getDomAttribute("aria-busy")).isEqualTo("true");
		browser.settle();
		assertThat(browser.driver().executeScript("return asked.join() + places.at(-1).kinds"))
			.isEqualTo("wall falsesocket");
		browser.driver().executeScript("flameGraph.update(wall)");
		assertThat(browser.state()).containsEntry("event", "wall").containsEntry("awaited", null);
		assertThat(lit()).containsExactly("[socket I/O]");
		browser.press("3", "2");
		assertThat(browser.state()).containsEntry("event", "wall").containsEntry("awaited", null);
		assertThat(browser.driver().executeScript("return asked.join()")).isEqualTo("wall false,alloc false,wall true");
		browser.driver().executeScript("flameGraph.setEvents(['something'])");
		assertThat(browser.texts("[role=tab]")).containsExactly("CPU", "Wall", "Alloc", "Lock", "something");
	}

	@Test
	void updateKeepsTheEvent() {
		open();
		tab("wall").click();
		browser.driver()
			.executeScript("flameGraph.update(arguments[0].map((json) => JSON.parse(json)))",
					events().stream().map(TestProfile::json).toList());
		assertThat(browser.state("event")).isEqualTo("wall");
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", TestProfile.simple().json());
		assertThat(browser.state("event")).isEqualTo("cpu");
		assertThat(browser.find("[role=tablist]").isDisplayed()).isFalse();
	}

	private static void open() {
		browser.open(events(), Theme.LIGHT);
	}

	private static List<TestProfile> events() {
		return TestProfile.events();
	}

	private static WebElement tab(String event) {
		return browser.find("[data-event='" + event + "']");
	}

	private static String selectedTab() {
		return browser.find("[role=tab][aria-selected=true]").getText();
	}

	private static WebElement segment(String time) {
		return browser.find("[data-time='" + time + "']");
	}

	private static List<WebElement> segments() {
		return browser.findAll(".segment:not([hidden])");
	}

	private static List<String> pressed() {
		return browser.findAll(".segment[aria-pressed=true]")
			.stream()
			.map((segment) -> segment.getDomAttribute("data-time"))
			.toList();
	}

	private static List<String> lit() {
		return browser.rects().stream().filter((rect) -> rect.is("matched")).map(Rect::label).distinct().toList();
	}

	@SuppressWarnings("unchecked")
	private static List<String> shownLabels() {
		return ((List<String>) browser.driver()
			.executeScript("return arguments[0].flatMap((segment) => [...segment.children]).filter((label) => {"
					+ "const [box, room] = [label, label.parentElement].map((it) => it.getBoundingClientRect());"
					+ "const shown = box.top < room.bottom; if (shown && box.right > room.right + 0.5) throw 'cut';"
					+ "return shown; }).map((label) => label.textContent)", segments()))
			.stream()
			.map(Browser::readable)
			.toList();
	}

	private static Object focused(String attribute) {
		return browser.driver()
			.executeScript(
					"return document.getElementById('viewer').shadowRoot.activeElement.getAttribute(arguments[0])",
					attribute);
	}

	private static String style(WebElement element, String property) {
		return (String) browser.driver()
			.executeScript("return getComputedStyle(arguments[0])[arguments[1]]", element, property);
	}

	private static String background(WebElement tab) {
		String own = style(tab, "backgroundColor");
		return own.equals("rgba(0, 0, 0, 0)") ? style(browser.find(".tabs"), "backgroundColor") : own;
	}

	private static String rgb(String hex) {
		int colour = Integer.parseInt(hex.substring(1), 16);
		return "rgb(%d, %d, %d)".formatted(colour >> 16, colour >> 8 & 0xff, colour & 0xff);
	}

}
