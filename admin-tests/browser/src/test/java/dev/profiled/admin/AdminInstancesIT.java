package dev.profiled.admin;

import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that have nothing to show, or are not what they were.
 */
@Tag("browser")
@ExtendWith(Landscape.Shared.class)
class AdminInstancesIT {

	private static final Server SERVER = Server.OPEN_4_1;

	private static Landscape landscape;

	private static AdminBrowser browser;

	private static Instance plain;

	@BeforeAll
	static void start(Landscape shared) {
		landscape = shared;
		browser = landscape.browser();
		landscape.start(SERVER, Application.PLAIN_4_1, Application.WITHOUT_THE_ENDPOINT,
				Application.READ_ONLY_WITHOUT_PROFILER, Application.WITHOUT_ASYNC_PROFILER, Application.SHORT_LIVED,
				Application.MANAGED_ELSEWHERE);
		plain = landscape.instance(SERVER, Application.PLAIN_4_1);
	}

	@BeforeEach
	void leave() {
		plain.behave();
		browser.leave(landscape.address(SERVER));
	}

	@Test
	void anInstanceWithoutTheEndpointHasNoSuchView() {
		Instance instance = landscape.instance(SERVER, Application.WITHOUT_THE_ENDPOINT);
		browser.open(instance.page("details"));
		assertThat(browser.sidebar()).contains(instance.page("details")).doesNotContain(instance.page("flamegraphs"));
		browser.open(plain.page("details"));
		assertThat(browser.sidebar()).contains(plain.page("flamegraphs"));
	}

	@Test
	void anInstanceWithoutTheEndpointSaysSoToWhomALinkLedThere() {
		Instance instance = landscape.instance(SERVER, Application.WITHOUT_THE_ENDPOINT);
		browser.open(instance.page("flamegraphs"));
		browser.awaitText(".list-problem", "The list could not be loaded. There is nothing at this address any more.");
		assertThat(browser.text(".list-problem")).contains("no longer expose its endpoint flamegraph");
	}

	@Test
	void anInstanceWithoutProfilerSaysWhyAndWhatToDo() {
		Instance instance = landscape.instance(SERVER, Application.READ_ONLY_WITHOUT_PROFILER);
		instance.work("burn", 1);
		browser.open(instance.page("flamegraphs?endpoint=burn"));
		browser.awaitText(".status", "Not available");
		assertThat(browser.text(".status .line")).isEqualTo("Not available");
		assertThat(browser.text(".status .reason")).contains("could not be loaded", "one.profiler.extractPath");
		browser.awaitText(".pane .problem", "There is nothing to draw, and the profiler is unavailable");
		assertThat(browser.text(".pane .problem")).contains("could not be loaded");
		assertThat(browser.row("burn").get(3)).isEqualTo("1");
		assertThat(browser.text("[title='1: the profiler cannot run'] .unseen"))
			.isEqualTo("(1: the profiler cannot run)");
	}

	@Test
	void anInstanceWhoseThreadsAreOnlyLookedAtSaysThatItIsApproximate() {
		Instance instance = landscape.instance(SERVER, Application.WITHOUT_ASYNC_PROFILER);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			instance.work("burn", 5);
			return instance.get("actuator/flamegraph/burn?format=collapsed&event=wall").contains("Burner.");
		});
		browser.open(instance.page("flamegraphs?endpoint=burn&event=wall"));
		browser.awaitText(".status", "Approximate: the JVM itself looks at threads, without async-profiler");
		assertThat(browser.text(".status .line"))
			.matches(".+, without async-profiler · looks at threads every [\\d.]+ ms"
					+ " · CPU stacks of \\d+ requests approximate");
		assertThat(browser.text(".status .reason")).contains("could not be loaded", "one.profiler.extractPath");
		browser.awaitViewer(".headline", "burn · Wall clock · ");
		assertThat(browser.tabs()).containsExactly("cpu", "wall");
		assertThat(browser.row("burn").get(8)).matches("2\\d\\.\\d ms");
	}

	@Test
	void anInstanceOfAnOlderStarterShowsCpuAsEver() {
		DocumentContext index = JsonPath.parse(plain.get("actuator/flamegraph"));
		index.delete("$.profiler.intervals")
			.delete("$.endpoints[*]['split', 'measured', 'approximateRequests']")
			.delete("$.endpoints[*].events['wall', 'alloc', 'lock']")
			.set("$.profiler.interval", 19_236_000)
			.set("$.endpoints[0].requests.profiled", 10)
			.set("$.endpoints[0].events.cpu.weight", 205_000_000);
		plain.answer("GET", "/flamegraph", 200, index.jsonString());
		plain.answer("GET", "/flamegraph/burn", 200,
				"""
						{"schema":1,"name":"burn","title":"burn","handlers":[],"patterns":[],"event":"cpu","unit":"ns","requests":10,
						"inFlight":0,"skipped":{},"samples":1,"weight":205000000,"interval":19236000,
						"profiler":{"state":"armed","engine":"ctimer","kernelFrames":false},"dropped":{},"ownPackages":[],
						"frames":{"class":["work.Burner"],"method":["spin"],"kind":["java"]},
						"nodes":{"parent":[-1,0],"frame":[-1,0],"samples":[0,1],"weight":[0,205000000]}}""");
		browser.open(plain.page("flamegraphs?endpoint=burn"));
		browser.awaitViewer(".headline", "burn · CPU · 10 requests, 205 ms of CPU, 20.5 ms per request");
		browser.awaitText(".status", " · one sample every 19.2 ms of CPU · with");
		assertThat(browser.tabs()).isEmpty();
		assertThat(browser.row("burn").get(8)).isEqualTo("≈ 20.5 ms");
		assertThat(browser.text(".chosen .cpu .unseen")).isEqualTo("(estimated from samples)");
		assertThat(browser.explorer()
			.findElements(AdminBrowser.css(".endpoints thead th"))
			.stream()
			.filter(WebElement::isDisplayed)
			.map(browser::text)).containsExactly("Name", "Route", "Profiled", "p95", "p99", "CPU / req");
		browser.open(plain.page("flamegraphs?endpoint=burn&event=wall"));
		browser.awaitText(".pane .problem", "There is no event “wall” here. This is CPU.");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void anInstanceThatMayOnlyBeReadHasNothingToReset() {
		Instance instance = landscape.instance(SERVER, Application.READ_ONLY_WITHOUT_PROFILER);
		browser.open(instance.page("flamegraphs?endpoint=never-called"));
		browser.awaitText(".status", "Not available");
		assertThat(browser.text(".actions h2")).isEqualTo("never-called");
		assertThat(browser.isShown(".reset-all")).isFalse();
		assertThat(browser.isShown(".actions .reset")).isFalse();
	}

	@Test
	void anInstanceWithALimitedProfilerSaysWhatIsMissing() {
		DocumentContext index = JsonPath.parse(plain.get("actuator/flamegraph"));
		index.set("$.profiler.limits", List.of("Only time in Java is seen. Allow perf events."))
			.set("$.profiler.state", "armed")
			.set("$.notRegistered", 2);
		plain.answer("GET", "/flamegraph", 200, index.jsonString());
		browser.open(plain.page("flamegraphs"));
		browser.awaitText(".status", "Profiling");
		assertThat(browser.explorer().findElements(AdminBrowser.css(".status .reason"))).extracting(browser::text)
			.containsExactly("Only time in Java is seen. Allow perf events.",
					"There was no room for 2 more endpoints; raise profiling.max-endpoints.");
	}

	@Test
	void anInstanceThatProfilesNothingSaysWhatToDo() {
		DocumentContext index = JsonPath.parse(plain.get("actuator/flamegraph"));
		plain.answer("GET", "/flamegraph", 200, index.set("$.endpoints", List.of()).jsonString());
		browser.open(plain.page("flamegraphs"));
		browser.awaitText(".empty", "No endpoint is profiled yet");
		assertThat(browser.text(".empty")).contains("Write @Profiled on a controller");
		assertThat(browser.isShown(".reset-all")).isFalse();
	}

	@Test
	void anInstanceOfALaterVersionIsLookedAtInItsOwnPage() {
		plain.answer("GET", "/flamegraph", 200, "{\"schema\":99,\"novelty\":true}");
		browser.open(plain.page("flamegraphs"));
		browser.awaitText(".list-problem", "answers in version 99 of the format, and this view reads version 1.");
		assertThat(browser.find(".list-problem a").getDomProperty("href")).isEqualTo(plain.page("actuator/flamegraph"));
		plain.answer("GET", "/flamegraph", 502, "{}");
		browser.find(".refresh").click();
		browser.awaitText(".list-problem", "The instance does not answer; it may have been stopped.");
		assertThat(browser.isShown(".list-problem a")).isFalse();
		assertThat(browser.isShown(".list-problem .again")).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			401 | The instance wants a login. | user.name and user.password in the instance’s metadata
			403 | You may not do this here: | the instance, or Spring Boot Admin, refuses it.
			404 | There is nothing at this address any more. | no longer expose its endpoint flamegraph
			503 | The instance does not answer; | it may have been stopped.
			504 | The instance did not answer in time. | raise spring.boot.admin.monitor.timeout.flamegraph
			""")
	void whyThereIsNoListIsToldInWordsAndItCanBeTriedAgain(int status, String what, String why) {
		plain.answer("GET", "/flamegraph", status, "{}");
		browser.open(plain.page("flamegraphs"));
		browser.awaitText(".list-problem", what);
		assertThat(browser.text(".list-problem")).startsWith("The list could not be loaded. ").contains(why);
		assertThat(browser.driver().getCurrentUrl()).isEqualTo(plain.page("flamegraphs"));
		plain.behave();
		browser.find(".list-problem .again").click();
		browser.awaitList();
		assertThat(browser.isShown(".list-problem")).isFalse();
		assertThat(browser.focused()).isEqualTo("Refresh");
	}

	@Test
	void anInstanceThatHasGoneIsToldInWordsAndTheListStays() {
		Instance instance = landscape.instance(SERVER, Application.SHORT_LIVED);
		browser.open(instance.page("flamegraphs?endpoint=never-called"));
		browser.awaitViewer(".message", "No requests yet");
		browser.awaitList();
		instance.application().kill();
		browser.find(".refresh").click();
		browser.awaitText(".list-problem", "The instance does not answer; it may have been stopped.");
		assertThat(browser.text(".list-problem")).contains("The list could not be loaded.", "The list below is from ");
		browser.awaitText(".pane .problem", "The flame graph could not be loaded.");
		assertThat(browser.rows()).hasSize(3);
	}

	@Test
	void anotherInstanceTakesThePlaceOfTheOneBeforeInTheOpenView() {
		Instance other = landscape.instance(SERVER, Application.READ_ONLY_WITHOUT_PROFILER);
		browser.open(plain.page("flamegraphs"));
		browser.awaitText(".status", " kernel frames");
		browser.driver()
			.executeScript("document.getElementById('app').__vue_app__.config.globalProperties.$router.push("
					+ "{ name: 'instances/flamegraphs', params: { instanceId: arguments[0] } })", other.id());
		browser.awaitText(".status", "Not available");
		assertThat(browser.driver().getCurrentUrl()).isEqualTo(other.page("flamegraphs"));
	}

	@Test
	void allProfilesAreResetAfterAQuestion() {
		Instance instance = landscape.instance(SERVER, Application.MANAGED_ELSEWHERE);
		instance.work("burn", 1);
		instance.work("churn", 1);
		browser.open(instance.page("flamegraphs"));
		browser.awaitList();
		browser.await(() -> !browser.row("burn").get(2).equals("0") && !browser.row("churn").get(2).equals("0"));
		browser.find(".reset-all").click();
		assertThat(browser.text(".confirm h2"))
			.isEqualTo("Forget everything that was gathered for all endpoints of this instance?");
		browser.find(".confirm .no").click();
		assertThat(browser.row("burn").get(2)).isNotEqualTo("0");
		browser.find(".reset-all").click();
		browser.find(".confirm .yes").click();
		browser.await(() -> browser.row("burn").get(2).equals("0") && browser.row("churn").get(2).equals("0"));
	}

}
