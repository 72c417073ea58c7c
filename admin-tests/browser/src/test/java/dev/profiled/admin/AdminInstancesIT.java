package dev.profiled.admin;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that have nothing to show, or are not what they were.
 */
@Tag("browser")
class AdminInstancesIT {

	@TempDir
	static Path directory;

	private static AdminServer server;

	private static AdminBrowser browser;

	@BeforeAll
	static void start() {
		browser = AdminBrowser.start(directory);
		browser.speak("en");
		server = AdminServer.start(BootLine.BOOT_4_1);
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

	@Test
	void anInstanceWithoutTheEndpointHasNoSuchView() {
		AdminServer.Instance instance = server.register(BootLine.BOOT_4_1,
				"management.endpoints.web.exposure.include=health,info,threaddump");
		browser.open(instance.page("details"));
		browser.await(() -> !browser.driver().findElements(By.cssSelector("a[href$='/threaddump']")).isEmpty());
		assertThat(browser.driver().findElements(By.cssSelector("a[href$='/flamegraphs']"))).isEmpty();
	}

	@Test
	void anInstanceWithoutProfilerSaysWhyAndWhatToDo() {
		AdminServer.Instance instance = server.register(BootLine.BOOT_4_1,
				List.of("-Done.profiler.extractPath=/proc/none"));
		instance.work("burn", 1);
		browser.open(instance.page("flamegraphs?endpoint=burn"));
		browser.awaitText(".status", "Not available");
		assertThat(browser.text(".status .reason")).contains("could not be loaded", "one.profiler.extractPath");
		browser.awaitText(".pane .problem", "There is nothing to draw, and the profiler is unavailable");
		assertThat(browser.text(".pane .problem")).contains("could not be loaded");
		assertThat(browser.row("burn").get(3)).isEqualTo("1");
	}

	@Test
	void anInstanceThatMayOnlyBeReadHasNothingToReset() {
		AdminServer.Instance instance = server.register(BootLine.BOOT_4_1,
				"management.endpoint.flamegraph.access=read-only");
		browser.open(instance.page("flamegraphs?endpoint=never-called"));
		browser.awaitViewer(".message", "No requests yet");
		assertThat(browser.find(".reset-all").isDisplayed()).isFalse();
		assertThat(browser.explorer().findElements(By.cssSelector(".button")))
			.noneMatch((button) -> button.isDisplayed() && browser.text(button).startsWith("Reset"));
	}

	@Test
	void anInstanceOfALaterVersionIsLookedAtInItsOwnPage() {
		AdminServer.Instance instance = server.register(BootLine.BOOT_4_1, "app.later-schema=true");
		browser.open(instance.page("flamegraphs"));
		browser.awaitText(".problem", "answers in version 99 of the format, and this view reads version 1.");
		assertThat(browser.find(".problem a[target=_blank]").getDomProperty("href"))
			.isEqualTo(instance.page("actuator/flamegraph?"));
	}

	@Test
	void anInstanceThatHasGoneIsToldInWordsAndTheListStays() {
		AdminServer.Instance instance = server.register(BootLine.BOOT_4_1);
		browser.open(instance.page("flamegraphs?endpoint=never-called"));
		browser.awaitViewer(".message", "No requests yet");
		instance.application().kill();
		browser.find(".refresh").click();
		browser.awaitText(".explorer > .problem", "The instance does not answer; it may have been stopped.");
		assertThat(browser.text(".explorer > .problem")).contains("The list could not be loaded.",
				"The list below is from ");
		browser.awaitText(".pane .problem", "The flame graph could not be loaded.");
		assertThat(browser.rows()).hasSize(5);
	}

}
