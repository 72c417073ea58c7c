package dev.profiled.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

import dev.profiled.render.Browser.Rect;
import dev.profiled.render.FlameGraphPage.Theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the flame graph page in a browser, with real input. After each test the
 * browser must not have complained, nor asked for anything but the page itself.
 */
@Tag("browser")
class FlameGraphPageIT {

	private static final String CONTROLLER = "ReportController.sales";

	private static final String SERVICE = "ReportService.total";

	private static final String BAR = "13 frames of Tomcat, Spring and others";

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
	void firstLineAnswers() {
		browser.open(TestProfile.simple());
		assertThat(browser.text(".headline")).isEqualTo("sales-report · CPU · 100 requests, 2.00 s of CPU, "
				+ "20.0 ms per request · last 12 min · 200 samples (every 10.0 ms)");
		assertThat(browser.text(".subject")).isEqualTo("GET /reports/sales · ReportController.sales · "
				+ "latency mean 30.0 ms, p50 28.0 ms, p95 51.0 ms, p99 90.0 ms, max 120 ms");
		assertThat(browser.driver().getTitle()).isEqualTo("sales-report");
	}

	@Test
	void saysHowItWasMeasuredAndWhatIsMissing() {
		browser.open(TestProfile.simple().with("ignoredParameters", "[\"evnt\"]"));
		assertThat(browser.text(".truth"))
			.isEqualTo("Engine perf_events, one sample every 10.0 ms · With kernel frames · "
					+ "Waiting is not in this graph · Dropped: 4 truncated samples · "
					+ "Not profiled: 3 requests while another request was being profiled · "
					+ "1 request under way, not counted yet");
		assertThat(browser.texts(".notices p")).containsExactly("Not understood and ignored: “evnt”.");
	}

	@Test
	void saysWhatTheProfilerSays() {
		browser.open(TestProfile.simple()
			.with("profiler",
					"{\"state\": \"suspended\", \"engine\": null, \"message\": \"Somebody else stopped it.\", "
							+ "\"advice\": \"Arm it again.\", \"limits\": []}"));
		assertThat(browser.texts(".notices p")).containsExactly("Somebody else stopped it. Arm it again.");
	}

	@Test
	void fewSamplesAreSaidToBeFew() {
		browser.open(new TestProfile().stack(20, List.of("java.lang.Thread.run", "dev.profiled.sample.A.b")));
		assertThat(browser.text(".headline"))
			.endsWith("· 20 samples (every 10.0 ms) · too few to trust: wait for 80 more, about 400 requests");
		assertThat(browser.labels()).contains("A.b");
	}

	@Test
	void otherEventsHaveTheirOwnUnits() {
		browser.open(TestProfile.simple().text("event", "alloc").text("unit", "bytes").with("interval", "524288"));
		assertThat(browser.text(".headline"))
			.contains("· Allocation · 100 requests, 2.00 GB allocated, 20.0 MB per request")
			.endsWith("(every 524 kB)");
	}

	@Test
	void commonRootIsFoldedAndNothingElseIsHidden() {
		browser.open(TestProfile.simple());
		Rect bar = browser.rect("▸ " + BAR);
		assertThat(bar.row()).isEqualTo(1);
		assertThat(browser.labels()).doesNotContain("Thread.run", "DispatcherServlet.doDispatch", "Method.invoke");
		List<Rect> onBar = browser.rects().stream().filter((rect) -> rect.row() == 2).toList();
		assertThat(onBar).extracting(Rect::label)
			.containsExactlyInAnyOrder("AuditInterceptor.preHandle", "ObjectWriter.writeValue", CONTROLLER);
		assertThat(onBar.stream().mapToDouble(Rect::width).sum()).isCloseTo(bar.width(), within(0.01));
		assertThat(browser.rect(CONTROLLER).width()).isCloseTo(0.8 * bar.width(), within(0.01));
	}

	@Test
	void commonRootUnfoldsInPlaceAndFoldsAgain() {
		browser.open(TestProfile.simple());
		double x = browser.rect(CONTROLLER).x();
		browser.click(browser.rect("▸ " + BAR));
		assertThat(browser.labels()).contains("▾ " + BAR, "Thread.run", "DispatcherServlet.doDispatch",
				"Method.invoke");
		assertThat(browser.rect(CONTROLLER).row()).isEqualTo(15);
		assertThat(browser.rect(CONTROLLER).x()).isCloseTo(x, within(0.01));
		browser.click(browser.rect("▾ " + BAR));
		assertThat(browser.labels()).contains("▸ " + BAR).doesNotContain("Thread.run");
		browser.find("button[aria-label='Fold root']").click();
		assertThat(browser.state("rootFolded")).isEqualTo(false);
		assertThat(browser.labels()).contains("Thread.run");
	}

	@Test
	void withoutAHandlerOnlyPlumbingFolds() {
		browser.open(TestProfile.simple().with("handlers", "[]").with("ownPackages", "[]"));
		assertThat(browser.labels()).contains("▸ " + BAR, CONTROLLER);
		browser.open(new TestProfile().stack(200,
				List.of("java.lang.Thread.run", "com.acme.A.a", "com.acme.B.b", "com.acme.C.c")));
		assertThat(browser.labels()).contains("Thread.run", "A.a", "B.b", "C.c");
	}

	@Test
	void truncatedStacksKeepSayingSo() {
		browser.open(TestProfile.simple()
			.stack(50,
					List.of("truncated![truncated]", "org.springframework.web.servlet.FrameworkServlet.service",
							"org.springframework.web.servlet.DispatcherServlet.doDispatch",
							"dev.profiled.sample.ReportController.sales")));
		Rect truncated = browser.rect("[truncated]");
		assertThat(truncated.row()).isEqualTo(1);
		assertThat(truncated.category()).isEqualTo("cut");
		assertThat(truncated.width()).isCloseTo(0.2 * browser.rects().get(0).width(), within(0.01));
		assertThat(browser.text("[data-category=cut]")).isEqualTo("Truncated20.0 %");
	}

	@Test
	void frameworkFramesBetweenOwnFramesFoldIfAsked() {
		List<String> proxied = List.of("dev.profiled.sample.A.a", "org.springframework.aop.X.x",
				"org.springframework.aop.Y.y", "org.springframework.aop.Z.z");
		browser.open(new TestProfile().stack(95, TestProfile.join(proxied, List.of("dev.profiled.sample.B.b")))
			.stack(5, TestProfile.join(proxied, List.of("org.springframework.tx.Commit.commit"))));
		assertThat(browser.labels()).contains("X.x", "Y.y", "Z.z");
		browser.find("button[aria-label='Fold frameworks']").click();
		assertThat(browser.labels()).contains("A.a", "▸ 3 frames of Spring", "B.b", "Commit.commit")
			.doesNotContain("X.x", "Y.y", "Z.z");
		browser.click(browser.rect("▸ 3 frames of Spring"));
		assertThat(browser.labels()).contains("▾ 3 frames of Spring", "X.x", "Y.y", "Z.z");
	}

	@Test
	void clickZoomsWithAnEaseAndLeavesABreadcrumb() {
		browser.open(TestProfile.simple());
		double whole = browser.rects().get(0).width();
		browser.click(browser.rect(SERVICE));
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.rect(SERVICE).width()).isCloseTo(whole, within(0.01));
		assertThat(browser.labels()).contains("Query.query")
			.doesNotContain("ObjectWriter.writeValue", "AuditInterceptor.preHandle");
		assertThat(timing("frames")).isGreaterThan(2);
		browser.click(browser.rect("Query.query"));
		browser.settle();
		assertThat(browser.texts(".crumbs button")).containsExactly("all", SERVICE, "Query.query");
		browser.findAll(".crumbs button").get(1).click();
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.texts(".crumbs button")).containsExactly("all", SERVICE);
		browser.press(Keys.ESCAPE);
		browser.settle();
		assertThat(browser.state("zoomed")).isNull();
		assertThat(browser.labels()).contains("ObjectWriter.writeValue");
		assertThat(browser.texts(".crumbs button")).containsExactly("all");
	}

	@Test
	void zoomedFrameShowsNothingOfItsNeighbours() {
		browser.open(TestProfile.simple());
		browser.click(browser.rect("AuditInterceptor.preHandle"));
		browser.settle();
		assertThat(browser.rects()).filteredOn((rect) -> rect.row() >= 2)
			.extracting(Rect::label)
			.containsExactly("AuditInterceptor.preHandle");
	}

	@Test
	void reducedMotionZoomsAtOnce() {
		browser.emulate("prefers-reduced-motion", "reduce");
		browser.open(TestProfile.simple());
		browser.click(browser.rect(SERVICE));
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(timing("frames")).isEqualTo(1);
	}

	@Test
	void searchLightsMatchesAndCountsEachStackOnce() {
		browser.open(TestProfile.simple());
		browser.find(".query").sendKeys("reportSERVICE");
		assertThat(browser.text(".matched")).isEqualTo("matched 80.0 %");
		assertThat(browser.number("matched")).isCloseTo(80, within(1e-9));
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("matched"))
			.extracting(Rect::label)
			.containsExactly(SERVICE, SERVICE);
		assertThat(browser.rect(CONTROLLER).is("dimmed")).isTrue();
	}

	@Test
	void searchInTheFoldedRootLightsItsBar() {
		browser.open(TestProfile.simple());
		browser.find(".query").sendKeys("OncePerRequestFilter");
		assertThat(browser.text(".matched")).isEqualTo("matched 100 %");
		assertThat(browser.rect("▸ " + BAR).is("matched")).isTrue();
	}

	@Test
	void searchTakesRegularExpressions() {
		browser.open(TestProfile.simple());
		browser.find(".query").sendKeys("/^org\\.h2|audit/");
		assertThat(browser.text(".matched")).isEqualTo("matched 25.0 %");
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("matched"))
			.extracting(Rect::label)
			.containsExactlyInAnyOrder("AuditInterceptor.preHandle", "Query.query");
	}

	@Test
	void invalidRegularExpressionIsExplained() {
		browser.open(TestProfile.simple());
		browser.find(".query").sendKeys("/(report");
		assertThat(browser.find(".search-error").isDisplayed()).isTrue();
		assertThat(browser.text(".search-error")).isEqualTo("Not a regular expression: unterminated group");
		assertThat(browser.find(".query").getDomAttribute("aria-invalid")).isEqualTo("true");
		assertThat(browser.text(".matched")).isEmpty();
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("dimmed"));
		browser.find(".query").sendKeys(")");
		assertThat(browser.find(".search-error").isDisplayed()).isFalse();
		assertThat(browser.text(".matched")).isEqualTo("matched 80.0 %");
	}

	@Test
	void searchWithoutAMatchSaysSo() {
		browser.open(TestProfile.simple());
		browser.find(".query").sendKeys("nowhere");
		assertThat(browser.text(".matched")).isEqualTo("matched 0 %");
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("matched"));
	}

	@Test
	void hoverOutlinesTheMethodAndShowsItsFigures() {
		browser.open(TestProfile.simple());
		browser.hover(browser.rect(SERVICE));
		assertThat(browser.find(".tooltip").isDisplayed()).isTrue();
		assertThat(browser.text(".tooltip .name")).isEqualTo(SERVICE);
		assertThat(browser.text(".tooltip .where")).isEqualTo("dev.profiled.sample · Your code");
		assertThat(browser.texts(".tooltip tbody tr")).containsExactly("CPU1.60 s1.00 s", "per request16.0 ms10.0 ms",
				"of all80.0 %50.0 %", "of parent100 %62.5 %", "samples160100");
		assertThat(browser.text(".tooltip .note")).isEqualTo("In 2 places, together 1.60 s = 80.0 %");
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("outlined"))
			.extracting(Rect::label)
			.containsExactly(SERVICE, SERVICE);
	}

	@Test
	void tooltipStaysInsideThePage() {
		browser.open(TestProfile.simple());
		for (Rect rect : browser.rects()) {
			browser.hover(rect);
			Rectangle tooltip = browser.find(".tooltip").getRect();
			assertThat(tooltip.getX()).as(rect.label()).isNotNegative();
			assertThat(tooltip.getY()).as(rect.label()).isNotNegative();
			assertThat(tooltip.getX() + tooltip.getWidth()).as(rect.label()).isLessThanOrEqualTo(1280);
		}
	}

	@Test
	void tableSorts() {
		browser.open(TestProfile.simple());
		browser.find("button[aria-label='Methods']").click();
		assertThat(browser.texts("tbody tr").get(0)).startsWith(SERVICE + "dev.profiled.sample")
			.endsWith("60.0 %80.0 %");
		assertThat(browser.find("th.self").getDomAttribute("aria-sort")).isEqualTo("descending");
		browser.find("th.total button").click();
		assertThat(browser.find("th.total").getDomAttribute("aria-sort")).isEqualTo("descending");
		assertThat(browser.texts("tbody tr .total .percent"))
			.isSortedAccordingTo(Collections.reverseOrder((a, b) -> Double.compare(share(a), share(b))));
		browser.find("th.total button").click();
		assertThat(browser.find("th.total").getDomAttribute("aria-sort")).isEqualTo("ascending");
		assertThat(share(browser.text("tbody tr .total .percent"))).isEqualTo(5);
		browser.find("th.method button").click();
		assertThat(browser.texts("tbody tr .name > bdi")).isSorted().contains(SERVICE, "tcp_sendmsg");
	}

	@Test
	void methodOfTheTableIsHighlightedWithCallersAndCallees() {
		browser.open(TestProfile.simple());
		browser.press("t");
		browser.find("tbody tr button").click();
		assertThat(browser.state("selected")).isEqualTo(SERVICE);
		assertThat(browser.text(".matched")).isEqualTo("matched 80.0 %");
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("matched"))
			.extracting(Rect::label)
			.containsExactly(SERVICE, SERVICE);
		assertThat(browser.text(".details p")).isEqualTo("total 1.60 s, 80.0 % · self 1.20 s, 60.0 % · in 2 places");
		assertThat(browser.texts(".callers li")).containsExactly(CONTROLLER + "100 %", "List.forEach12.5 %");
		assertThat(browser.texts(".callees li")).containsExactly("Query.query25.0 %", "List.forEach12.5 %");
		browser.find(".callees button").click();
		assertThat(browser.state("selected")).isEqualTo("Query.query");
		assertThat(browser.text(".matched")).isEqualTo("matched 20.0 %");
		browser.press(Keys.ESCAPE);
		assertThat(browser.state("selected")).isNull();
		assertThat(browser.find(".details").isDisplayed()).isFalse();
	}

	@Test
	void recursionCountsOnceInCallersAndCallees() {
		browser.open(new TestProfile().stack(200, List.of("dev.profiled.sample.A.a", "dev.profiled.sample.B.b",
				"dev.profiled.sample.A.a", "dev.profiled.sample.B.b")));
		browser.press("t");
		browser.find("button[title='dev.profiled.sample.A.a']").click();
		assertThat(browser.texts(".callers li")).containsExactly("B.b100 %");
		assertThat(browser.texts(".callees li")).containsExactly("B.b100 %");
		assertThat(browser.text("tbody tr .total .percent")).isEqualTo("100 %");
	}

	@Test
	void legendFiltersGraphAndTable() {
		browser.open(TestProfile.simple());
		assertThat(browser.texts(".legend .entry")).containsExactly("Your code65.0 %", "Libraries30.0 %", "JDK0 %",
				"Native0 %", "Kernel5.00 %");
		browser.press("t");
		WebElement kernel = browser.find("[data-category=kernel]");
		kernel.click();
		assertThat(kernel.getDomAttribute("aria-pressed")).isEqualTo("true");
		assertThat(browser.text(".matched")).isEqualTo("matched 5.00 %");
		assertThat(browser.rects()).filteredOn((rect) -> rect.is("matched"))
			.extracting(Rect::label)
			.containsExactly("tcp_sendmsg");
		assertThat(browser.texts("tbody tr .name > bdi")).containsExactly("tcp_sendmsg");
		browser.find("[data-category=own]").click();
		assertThat(browser.text(".matched")).isEqualTo("matched 90.0 %");
		kernel.click();
		browser.find("[data-category=own]").click();
		assertThat(browser.state("matched")).isNull();
		assertThat(browser.rects()).noneMatch((rect) -> rect.is("dimmed"));
	}

	@Test
	void keyboardAloneIsEnough() {
		browser.open(TestProfile.simple());
		browser.press("/");
		browser.press("ReportController", Keys.ENTER);
		assertThat(browser.state("focused")).isEqualTo(CONTROLLER);
		assertThat(Browser.readable(browser.text("[aria-live=polite].unseen")))
			.isEqualTo("ReportController.sales, total 1.60 s, 80.0 %, self 0 ns, 0 %, depth 14");
		assertThat(browser.find(".tooltip").isDisplayed()).isTrue();
		browser.press(Keys.ARROW_UP);
		assertThat(browser.state("focused")).isEqualTo(SERVICE);
		browser.press(Keys.ARROW_UP);
		assertThat(browser.state("focused")).isEqualTo("Query.query");
		browser.press(Keys.ARROW_LEFT);
		assertThat(browser.state("focused")).isEqualTo("List.forEach");
		browser.press(Keys.ENTER);
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo("List.forEach");
		browser.press(Keys.ARROW_DOWN, Keys.SPACE);
		assertThat(browser.state("selected")).isEqualTo(SERVICE);
		browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
		assertThat(Browser.readable((String) browser.state("focused"))).isEqualTo("▸ " + BAR);
		browser.press(Keys.ENTER);
		assertThat(browser.state("rootFolded")).isEqualTo(false);
		browser.press(Keys.ESCAPE);
		browser.settle();
		assertThat(browser.state("zoomed")).isNull();
		assertThat(browser.state("selected")).isEqualTo(SERVICE);
		browser.press(Keys.ESCAPE);
		assertThat(browser.state()).containsEntry("selected", null).containsEntry("query", "");
	}

	@Test
	void backspaceZoomsOutByOneStep() {
		browser.open(TestProfile.simple());
		browser.click(browser.rect(CONTROLLER));
		browser.settle();
		browser.click(browser.rect("Query.query"));
		browser.press(Keys.BACK_SPACE);
		assertThat(browser.state("zoomed")).isEqualTo(CONTROLLER);
		browser.press(Keys.BACK_SPACE);
		assertThat(browser.state("zoomed")).isNull();
	}

	@Test
	void controlFSearches() {
		browser.open(TestProfile.simple());
		new Actions(browser.driver()).keyDown(Keys.CONTROL).sendKeys("f").keyUp(Keys.CONTROL).perform();
		browser.press("h2");
		assertThat(browser.state("query")).isEqualTo("h2");
	}

	@Test
	void questionMarkListsTheKeys() {
		browser.open(TestProfile.simple());
		browser.press("?");
		assertThat(browser.find("dialog.help").isDisplayed()).isTrue();
		assertThat(browser.texts("dialog.help kbd")).contains("/", "Esc", "Enter", "?", "i", "t", "f");
		browser.press(Keys.ESCAPE);
		assertThat(browser.find("dialog.help").isDisplayed()).isFalse();
		assertThat(browser.find("[role=application]").getDomAttribute("aria-label"))
			.startsWith("Flame graph of sales-report");
	}

	@Test
	void icicleTurnsTheGraphAndIsRemembered() {
		browser.open(TestProfile.simple());
		assertThat(browser.rect(SERVICE).y()).isLessThan(browser.rect(CONTROLLER).y());
		browser.find("button[aria-label='Icicle']").click();
		assertThat(browser.rect(SERVICE).y()).isGreaterThan(browser.rect(CONTROLLER).y());
		assertThat(browser.state("inverted")).isEqualTo(true);
		browser.driver().navigate().refresh();
		assertThat(browser.state("inverted")).isEqualTo(true);
		browser.press("i");
		assertThat(browser.rect(SERVICE).y()).isLessThan(browser.rect(CONTROLLER).y());
	}

	@Test
	void controlWheelZoomsAtThePointer() {
		browser.open(TestProfile.simple());
		Rect service = browser.rect(SERVICE);
		browser.driver()
			.executeCdpCommand("Input.dispatchMouseEvent", Map.of("type", "mouseWheel", "x", service.centerX(), "y",
					service.centerY(), "deltaX", 0, "deltaY", -200, "modifiers", 2));
		Rect wider = browser.rect(SERVICE);
		assertThat(wider.width()).isGreaterThan(service.width());
		browser.press(Keys.ESCAPE);
		assertThat(browser.rect(SERVICE).width()).isCloseTo(service.width(), within(0.01));
	}

	@Test
	void emptyProfileSaysWhatToExpectAndWhatToDo() {
		browser.open(new TestProfile().with("requests", "3")
			.with("latency", "{\"count\": 3, \"mean\": 1200000, \"p50\": 1200000}"));
		assertThat(browser.text(".headline"))
			.isEqualTo("sales-report · CPU · 3 requests · last 12 min · 0 samples " + "(every 10.0 ms)");
		assertThat(browser.text(".message h2")).isEqualTo("No samples yet");
		assertThat(browser.texts(".message > p")).containsExactly("3 requests were seen, taking 1.20 ms on average.",
				"With one sample every 10.0 ms, less than one sample is to be expected, and fewer if the requests waited: "
						+ "only time on a CPU is sampled.",
				"Not profiled: 3 requests while another request was being profiled.");
		assertThat(browser.texts(".message li").get(0)).isEqualTo("Call GET /reports/sales about 831 more times: "
				+ "that makes some 100 samples if the requests compute all the time.");
		assertThat(browser.find(".graph").isDisplayed()).isFalse();
		browser.press("f", "i", "t", "g", Keys.ESCAPE, "/");
		assertThat(browser.find(".message").isDisplayed()).isTrue();
	}

	@Test
	void profileWithoutRequestsSaysWhatToCall() {
		browser.open(new TestProfile().with("requests", "0")
			.with("latency", "null")
			.with("firstProfiled", "null")
			.with("lastProfiled", "null")
			.with("skipped", "{}"));
		assertThat(browser.text(".headline")).isEqualTo("sales-report · CPU · 0 requests · 0 samples (every 10.0 ms)");
		assertThat(browser.text(".message h2")).isEqualTo("No requests yet");
		assertThat(browser.texts(".message li")).containsExactly("Call GET /reports/sales and reload this page.");
	}

	@Test
	void unavailableProfilerSaysWhyAndWhatToDo() {
		browser.open(new TestProfile().with("requests", "0")
			.with("latency", "null")
			.with("profiler", "{\"state\": \"unavailable\", \"engine\": null, \"message\": \"No library for s390x.\", "
					+ "\"advice\": \"Run on x86-64.\", \"limits\": []}"));
		assertThat(browser.text(".message h2")).isEqualTo("The profiler is unavailable");
		assertThat(browser.texts(".message > p")).contains("No library for s390x.");
		assertThat(browser.texts(".message li")).containsExactly("Run on x86-64.");
	}

	@Test
	void unknownSchemaDrawsASentence() {
		browser.open(TestProfile.simple().with("schema", "2"));
		assertThat(browser.text(".message p")).isEqualTo("This viewer reads profiles of schema 1, and this one is of "
				+ "schema 2. Open it with the version of Profiled that wrote it.");
		assertThat(browser.find(".graph").isDisplayed()).isFalse();
		browser.press("f", "i", "t", "g", " ", Keys.ESCAPE, Keys.BACK_SPACE);
		assertThat(browser.find(".message").isDisplayed()).isTrue();
	}

	@Test
	void damagedProfileDrawsASentence() {
		browser.openPage(FlameGraphPage.render("a", List.of("{\"schema\":1,"), Theme.LIGHT));
		assertThat(browser.text(".message p")).isEqualTo("This page holds no profile that can be read.");
		browser.openPage(FlameGraphPage.render("a",
				List.of("{\"schema\":1,\"frames\":{\"class\":[\"A\"],\"method\":[\"a\"],\"kind\":[\"java\"]},"
						+ "\"nodes\":{\"parent\":[-1,5],\"frame\":[-1,0],\"samples\":[0,1],\"weight\":[0,1]}}"),
				Theme.LIGHT));
		assertThat(browser.text(".message p"))
			.isEqualTo("This profile is damaged: node 1 is not in preorder. Load it again.");
	}

	@Test
	void hostileNamesAreOnlyText() {
		String markup = "</script><img src=x onerror=\"window['hacked']=1\"><script>window['hacked']=1</script>";
		String longName = "VeryLong".repeat(500);
		List<String> names = List.of("dev.profiled.sample.A." + markup, "native!" + markup,
				"kernel!quotes\"'`${window['hacked']=1}", "dev.profiled.sample.B.\u202egnp.exe\u0000\u2028",
				"dev.profiled.sample." + longName + "." + longName, "type!__proto__", "native!constructor",
				"strange!kind", "native!\ud83d", "truncated!");
		TestProfile profile = new TestProfile();
		names.forEach((name) -> profile.stack(20, List.of("java.lang.Thread.run", name)));
		List.of("name", "title", "event", "unit").forEach((field) -> profile.text(field, markup));
		List.of("patterns", "handlers", "ignoredParameters", "ownPackages")
			.forEach((field) -> profile.with(field, "[" + TestProfile.quote(markup) + ",\"dev.profiled.sample\"]"));
		profile.with("dropped", "{" + TestProfile.quote(markup) + ": 1}")
			.with("skipped", "{" + TestProfile.quote(markup) + ": 1, \"__proto__\": 1}")
			.with("profiler",
					"{\"state\": %1$s, \"engine\": %1$s, \"message\": %1$s, \"advice\": %1$s, \"limits\": [%1$s]}"
						.formatted(TestProfile.quote(markup)));
		browser.openPage(FlameGraphPage.render(markup, List.of(profile.json()), Theme.LIGHT));
		browser.press("t");
		for (Rect rect : browser.rects()) {
			browser.hover(rect);
			assertThat(browser.find(".tooltip").isDisplayed()).isTrue();
		}
		for (int i = 0; i < names.size(); i++) {
			browser.findAll("tbody tr").get(i).click();
		}
		browser.press(Keys.ESCAPE);
		browser.click(browser.rects().get(3));
		browser.settle();
		assertThat(browser.driver().executeScript("return globalThis.hacked")).isNull();
		assertThat(browser.driver().getTitle()).isEqualTo(markup);
		assertThat(browser.findAll("img, script, iframe")).isEmpty();
		assertThat(browser.text(".headline .name")).isEqualTo(markup);
		assertThat(browser.texts("tbody .name > bdi")).contains("A." + markup, "‹U+202E›gnp.exe‹U+0000›‹U+2028›",
				"‹U+D83D›", "__proto__", "constructor");
	}

	@Test
	void emptyHostileProfileIsOnlyText() {
		String markup = "</script><img src=x onerror=globalThis.hacked=1>";
		browser.open(new TestProfile().with("patterns", "[" + TestProfile.quote(markup) + "]"));
		assertThat(browser.text(".message li")).contains(markup);
		assertThat(browser.driver().executeScript("return globalThis.hacked")).isNull();
	}

	@Test
	void worksInASandboxedFrame() {
		String page = FlameGraphPage.render("sales-report", List.of(TestProfile.simple().json()), Theme.LIGHT);
		browser.openPage("<!DOCTYPE html><title>host</title><body style='margin:0'><iframe sandbox='allow-scripts' "
				+ "style='border:0;width:1200px;height:700px' srcdoc=\"" + Escaper.html(page) + "\"></iframe>");
		browser.driver().switchTo().frame(0);
		assertThat(browser.text(".headline")).startsWith("sales-report · CPU · 100 requests");
		browser.click(browser.rect(SERVICE));
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		browser.press("i", "?");
		assertThat(browser.state("inverted")).isEqualTo(true);
		browser.find("dialog.help button").click();
		assertThat(browser.find("dialog.help").isDisplayed()).isFalse();
		browser.driver().switchTo().defaultContent();
	}

	@Test
	void followsTheThemeOfTheSystemUnlessToldOtherwise() {
		browser.emulate("prefers-color-scheme", "dark");
		browser.open(TestProfile.simple(), Theme.AUTO);
		assertThat(browser.state("theme")).isEqualTo("dark");
		assertThat(backgroundLuminance()).isLessThan(0.05);
		browser.emulate("prefers-color-scheme", "light");
		browser.settle();
		assertThat(browser.state("theme")).isEqualTo("light");
		assertThat(backgroundLuminance()).isGreaterThan(0.8);
		browser.open(TestProfile.simple(), Theme.DARK);
		assertThat(browser.state("theme")).isEqualTo("dark");
		assertThat(backgroundLuminance()).isLessThan(0.05);
		browser.emulate("prefers-color-scheme", "dark");
		browser.open(TestProfile.simple(), Theme.LIGHT);
		assertThat(backgroundLuminance()).isGreaterThan(0.8);
	}

	@Test
	void textOnEveryFrameHasContrast() {
		for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
			TestProfile profile = TestProfile.random(3000)
				.stack(100, List.of("native!malloc", "kernel!page_fault"))
				.stack(100, List.of("type!byte[]", "truncated![truncated]"));
			browser.open(profile, theme);
			assertContrast(theme);
			browser.find(".query").sendKeys("a");
			assertContrast(theme);
		}
	}

	@Test
	void textAroundTheGraphHasContrast() {
		for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
			browser.open(TestProfile.simple().with("ignoredParameters", "[\"evnt\"]"), theme);
			for (String selector : List.of(".headline", ".headline .name", ".subject", ".notices p", ".truth",
					".entry .share", ".crumbs button", ".button[aria-pressed=true]")) {
				assertThat(contrastOf(selector)).as(selector + " " + theme).isGreaterThanOrEqualTo(4.5);
			}
		}
	}

	@Test
	void focusIsVisible() {
		browser.open(TestProfile.simple());
		browser.press(Keys.TAB);
		Object outline = browser.driver()
			.executeScript("const focused = document.getElementById('viewer').shadowRoot.activeElement;"
					+ "return getComputedStyle(focused).outlineStyle + ' ' + getComputedStyle(focused).outlineWidth");
		assertThat(outline).isEqualTo("solid 2px");
	}

	@Test
	void narrowPageHasASheetAndFiguresAtATap() {
		browser.emulatePhone(390, 844);
		browser.open(TestProfile.simple());
		assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth")).isEqualTo(390L);
		browser.tap(browser.rect(SERVICE));
		browser.settle();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.find(".tooltip.docked").isDisplayed()).isTrue();
		Rectangle tooltip = browser.find(".tooltip.docked").getRect();
		assertThat(tooltip.getY()).isGreaterThan(browser.find(".graph").getRect().getY());
		assertThat(tooltip.getY() + tooltip.getHeight()).isLessThan((int) browser.rect(SERVICE).y());
		assertThat(browser.texts(".tooltip tbody tr")).contains("per request16.0 ms10.0 ms");
		browser.find("button[aria-label='Methods']").click();
		Rectangle sheet = browser.find(".drawer").getRect();
		Rectangle graph = browser.find(".graph").getRect();
		assertThat(sheet.getDimension().getWidth()).isEqualTo(390);
		assertThat(sheet.getY()).isEqualTo(graph.getY() + graph.getHeight());
		assertThat(graph.getHeight()).isGreaterThan(100);
	}

	@Test
	void resizingKeepsTheGraphAsWideAsItsPlace() {
		browser.open(TestProfile.simple());
		browser.driver().manage().window().setSize(new Dimension(900, 700));
		browser.settle();
		assertThat(browser.rects().get(0).width()).isCloseTo(browser.find(".graph").getRect().getWidth(), within(1.0));
		browser.find("button[aria-label='Methods']").click();
		browser.settle();
		assertThat(browser.rects().get(0).width()).isCloseTo(browser.find(".graph").getRect().getWidth(), within(1.0));
	}

	@Test
	void growingKeepsTheRootInSight() {
		List<String> deep = IntStream.range(0, 100).mapToObj((depth) -> "com.example.Deep" + depth + ".call").toList();
		browser.resize(1000, 500);
		browser.open(TestProfile.simple().stack(1000, deep));
		assertThat(browser.rects()).extracting(Rect::row).contains(0);
		browser.resize(1000, 900);
		browser.settle();
		assertThat(browser.rects()).extracting(Rect::row).contains(0);
	}

	@Test
	void updateKeepsWhatTheReaderChose() {
		browser.open(TestProfile.simple());
		browser.click(browser.rect(SERVICE));
		browser.find(".query").sendKeys("h2");
		browser.driver()
			.executeScript("flameGraph.update(JSON.parse(arguments[0]))",
					TestProfile.simple().stack(200, List.of("java.lang.Thread.run", "org.h2.Writer.write")).json());
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.text(".headline")).contains("400 samples");
		assertThat(browser.text(".matched")).isEqualTo("matched 60.0 %");
		browser.driver().executeScript("flameGraph.update({schema: 7})");
		assertThat(browser.text(".message")).contains("schema 7");
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", TestProfile.simple().json());
		assertThat(browser.find(".graph").isDisplayed()).isTrue();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.labels()).contains(CONTROLLER);
	}

	@Test
	void updateToNothingAndBackKeepsWhatTheReaderChose() {
		browser.open(TestProfile.simple());
		browser.press("t");
		browser.findAll(".drawer tbody button").get(0).click();
		String selected = (String) browser.state("selected");
		browser.click(browser.rect(SERVICE));
		browser.settle();
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", new TestProfile().json());
		assertThat(browser.find(".message").isDisplayed()).isTrue();
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", new TestProfile().json());
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", TestProfile.simple().json());
		assertThat(browser.find(".message").isDisplayed()).isFalse();
		assertThat(browser.state("zoomed")).isEqualTo(SERVICE);
		assertThat(browser.state("selected")).isEqualTo(selected);
	}

	@Test
	void aGraphThatWasNeverDrawnGoesWhereItsHostSays() {
		browser.open(new TestProfile());
		browser.driver().executeScript("flameGraph.go({ layout: 'icicle', search: 'h2' })");
		assertThat(browser.state("inverted")).isEqualTo(true);
		browser.driver().executeScript("flameGraph.update(JSON.parse(arguments[0]))", TestProfile.simple().json());
		assertThat(browser.text(".matched")).startsWith("matched ");
		assertThat(browser.rect(SERVICE).row()).isPositive();
	}

	@Test
	void destroyLeavesNothing() {
		browser.open(TestProfile.simple());
		browser.driver().executeScript("flameGraph.destroy()");
		assertThat(browser.findAll("*")).isEmpty();
		browser.press("t", "/", "?");
		assertThat(browser.findAll("*")).isEmpty();
	}

	@Test
	void stacksCanBeThousandsOfFramesDeep() {
		List<String> deep = new ArrayList<>(List.of("dev.profiled.sample.Deep.start"));
		IntStream.range(0, 2000).forEach((depth) -> deep.add("dev.profiled.sample.Deep.recurse" + depth % 3));
		browser.open(new TestProfile().stack(100, deep).stack(100, List.of("dev.profiled.sample.Shallow.run")));
		assertThat(browser.number("rows")).isEqualTo(2002);
		assertThat(browser.labels()).contains("Deep.start", "Shallow.run");
		browser.find(".query").sendKeys("recurse");
		assertThat(browser.text(".matched")).isEqualTo("matched 50.0 %");
		browser.driver()
			.executeScript("document.getElementById('viewer').shadowRoot.querySelector('.graph').scrollTop = 0");
		assertThat(browser.rects()).isNotEmpty().allMatch((rect) -> rect.row() > 1900);
		browser.click(browser.rects().get(0));
		browser.settle();
		assertThat(browser.texts(".crumbs button")).hasSize(2);
	}

	@Test
	void hundredThousandNodesAreDrawnAndZoomed() {
		browser.open(TestProfile.random(100_000));
		assertThat(browser.number("nodes")).isEqualTo(100_000);
		List<Rect> rects = browser.rects();
		assertThat(rects).hasSizeGreaterThan(50);
		double whole = rects.get(0).width();
		double firstRow = rects.stream().filter((rect) -> rect.row() == 1).mapToDouble(Rect::width).sum();
		assertThat(firstRow).isBetween(0.95 * whole, whole + 0.01);
		Rect target = rects.stream().filter((rect) -> rect.row() >= 3 && rect.width() > 20).findFirst().orElseThrow();
		for (int zoom = 1; zoom <= 3; zoom++) {
			browser.click(
					browser.rects().stream().filter((rect) -> rect.node() == target.node()).findFirst().orElseThrow());
			browser.settle();
			assertThat(browser.state("zoomed")).isEqualTo(target.label());
			System.out.printf("Zoom %d in a graph of 100 000 nodes: %s%n", zoom, browser.state("zoomTiming"));
			browser.press(Keys.ESCAPE);
			browser.settle();
			assertThat(browser.state("zoomed")).isNull();
		}
		browser.find(".query").sendKeys("class");
		assertThat(browser.text(".matched")).isEqualTo("matched 100 %");
	}

	@Test
	void boxesTooThinToSeeFillTheirRoomTogether() {
		TestProfile profile = new TestProfile();
		for (int column = 0; column < 2500; column++) {
			String method = ".method" + column;
			profile.stack(1 + column % 7,
					IntStream.range(0, 40).mapToObj((depth) -> "dev.profiled.sample.Class" + depth + method).toList());
		}
		browser.open(profile);
		assertThat(browser.number("nodes")).isEqualTo(100_001);
		assertThat(browser.labels()).hasSize(1);
		assertThat(backgroundPixelsInRow(1)).isZero();
		browser.find(".query").sendKeys("class");
		assertThat(browser.text(".matched")).isEqualTo("matched 100 %");
		assertThat(backgroundPixelsInRow(1)).isZero();
		browser.click(browser.rects().get(0));
		new Actions(browser.driver()).moveToLocation(640, 500).click().perform();
		browser.settle();
		assertThat(browser.state("zoomed")).isNotNull();
		System.out.printf("Zoom among 60 000 visible boxes: %s%n", browser.state("zoomTiming"));
	}

	private static long backgroundPixelsInRow(int row) {
		browser.settle();
		return (Long) browser.driver().executeScript("""
				const canvas = document.getElementById('viewer').shadowRoot.querySelector('canvas');
				const y = canvas.height - Math.round((6 + 19 * arguments[0] + 10) * devicePixelRatio);
				const copy = new OffscreenCanvas(canvas.width, 1).getContext('2d', { willReadFrequently: true });
				copy.drawImage(canvas, 0, -y);
				const pixels = copy.getImageData(0, 0, canvas.width, 1).data;
				let background = 0;
				for (let i = 0; i < pixels.length; i += 4) {
					background += Number(pixels[i] === 0xfb && pixels[i + 1] === 0xfa && pixels[i + 2] === 0xf7);
				}
				return background;""", row);
	}

	private static double timing(String name) {
		return ((Number) ((Map<?, ?>) browser.state("zoomTiming")).get(name)).doubleValue();
	}

	private static double share(String percent) {
		return Double.parseDouble(percent.replaceAll("[^0-9.]", ""));
	}

	private static void assertContrast(Theme theme) {
		List<Rect> written = browser.rects().stream().filter((rect) -> rect.width() > 28).toList();
		assertThat(written).isNotEmpty();
		written.forEach((rect) -> assertThat(browser.contrast(rect.fill(), rect.ink())).as(theme + " " + rect)
			.isGreaterThanOrEqualTo(4.5));
	}

	private static double backgroundLuminance() {
		String color = (String) browser.driver()
			.executeScript("return getComputedStyle(document.getElementById('viewer')).backgroundColor");
		return luminance(color);
	}

	private static double contrastOf(String selector) {
		return browser.contrast((String) opaqueBackground(selector), (String) style(selector, "color"));
	}

	private static Object style(String selector, String property) {
		return browser.driver()
			.executeScript("return getComputedStyle(arguments[0])[arguments[1]]", browser.find(selector), property);
	}

	private static Object opaqueBackground(String selector) {
		return browser.driver().executeScript("""
				for (let at = arguments[0]; at; at = at.parentElement ?? at.getRootNode().host) {
					const color = getComputedStyle(at).backgroundColor;
					if (color !== 'rgba(0, 0, 0, 0)') {
						return color;
					}
				}
				return 'white';""", browser.find(selector));
	}

	private static double luminance(String color) {
		return 1.05 / browser.contrast(color, "white") - 0.05;
	}

}
