package dev.profiled.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody clicks who has started the sample as the README says.
 */
@Tag("browser")
@ExtendWith(Landscape.Shared.class)
class SampleAdminIT {

	private static final Path TARGET = Path.of("..", "..", "sample-app", "target");

	@Test
	void theStartPageLeadsToTheFlameGraphsInSpringBootAdmin(Landscape landscape) throws IOException {
		AdminBrowser browser = landscape.browser();
		try (Program sample = Program.start(jar(), List.of("server.port=" + Landscape.freePort()))) {
			browser.speak("en");
			browser.open(sample.address() + "/");
			browser.driver().findElement(By.linkText("Spring Boot Admin")).click();
			click(browser, By.xpath("//span[text()='order-desk']"));
			click(browser, By.cssSelector("a[href$='/details']"));
			browser.visitView("Flame graphs");
			browser.awaitList();
			browser.await(() -> browser.rows().stream().noneMatch((row) -> row.get(2).equals("0")));
			assertThat(browser.rows()).extracting((row) -> row.get(0))
				.containsExactly("order-export", "order-lookup", "OrderController.list", "sales-report", "stock-update",
						"supplier-quote");
			// Spring Boot Admin itself complains about endpoints that are not exposed
			browser.complaints();
			browser.choose("sales-report");
			browser.awaitViewer(".headline", "sales-report · CPU · ");
			assertThat(browser.complaints()).isEmpty();
			sample.kill();
		}
	}

	private static void click(AdminBrowser browser, By target) {
		browser.await(() -> !browser.driver().findElements(target).isEmpty());
		browser.driver().findElement(target).click();
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(TARGET)) {
			return files.filter((file) -> file.getFileName().toString().matches("sample-app-[^-]+(-SNAPSHOT)?\\.jar"))
				.findFirst()
				.orElseThrow();
		}
	}

}
