package dev.profiled.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.profiled.render.FlameGraphPage.Theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FlameGraphPage}; what the page does in a browser is in
 * {@link FlameGraphPageIT}.
 */
class FlameGraphPageTests {

	private static final List<String> JSON = List.of("{\"schema\":1}");

	@Test
	void holdsTitleAndProfile() {
		String page = FlameGraphPage.render("sales-report", JSON, Theme.AUTO);
		assertThat(page).startsWith("<!DOCTYPE html>").contains("<title>sales-report</title>");
		assertThat(element(page, "<script type=\"application/json\" id=\"profiles\">", "</script>"))
			.isEqualTo("[{\"schema\":1}]");
	}

	@Test
	void holdsTheProfilesOfSeveralEventsInTheirOrder() {
		String page = FlameGraphPage.render("a", List.of("{\"event\":\"wall\"}", "{\"event\":\"cpu\"}"), Theme.AUTO);
		assertThat(element(page, "id=\"profiles\">", "</script>"))
			.isEqualTo("[{\"event\":\"wall\"},{\"event\":\"cpu\"}]");
	}

	@Test
	void isTheSameForTheSameInput() {
		assertThat(FlameGraphPage.render("a", JSON, Theme.DARK))
			.isEqualTo(FlameGraphPage.render("a", JSON, Theme.DARK));
	}

	@Test
	void escapesAHostileTitle() {
		String page = FlameGraphPage.render("</title><script>alert(1)</script>", JSON, Theme.AUTO);
		assertThat(page).contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>");
	}

	@Test
	void doesNotFillPlaceholdersInsideValues() {
		String page = FlameGraphPage.render("{{profiles}} $1 \\", List.of("{\"name\":\"{{title}}\"}"), Theme.AUTO);
		assertThat(page).contains("<title>{{profiles}} $1 \\</title>").contains("{\"name\":\"{{title}}\"}");
	}

	@Test
	void refusesJsonThatCouldEndItsElement() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FlameGraphPage.render("a", List.of("{\"name\":\"</script>\"}"), Theme.AUTO))
			.withMessageContaining("'profiles'");
	}

	@Test
	void saysWhichThemeItHas() {
		assertThat(FlameGraphPage.render("a", JSON, Theme.DARK)).contains("data-theme=\"dark\"")
			.contains("name=\"color-scheme\" content=\"dark\"");
		assertThat(FlameGraphPage.render("a", JSON, Theme.AUTO)).contains("data-theme=\"auto\"")
			.contains("name=\"color-scheme\" content=\"light dark\"");
	}

	@Test
	void allowsExactlyItsOwnScriptsAndStyles() throws Exception {
		String page = FlameGraphPage.render("a", JSON, Theme.AUTO);
		List<String> hashes = new ArrayList<>();
		Matcher inline = Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL).matcher(page);
		while (inline.find()) {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(inline.group(2).getBytes(StandardCharsets.UTF_8));
			hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
		}
		assertThat(hashes).hasSize(3);
		assertThat(element(page, "Content-Security-Policy\" content=\"", "\""))
			.isEqualTo("default-src 'none'; script-src " + hashes.get(1) + " " + hashes.get(2) + "; style-src "
					+ hashes.get(0) + "; img-src data:; base-uri 'none'; form-action 'none'");
	}

	@Test
	void leavesNoPlaceholder() {
		assertThat(FlameGraphPage.render("a", JSON, Theme.AUTO)).doesNotContainPattern("\\{\\{\\w+}}");
	}

	@Test
	void scriptCanBeInlinedAndNeedsNoMarkupOrEvaluation() {
		assertThat(ViewerResources.script()).doesNotContainIgnoringCase("</script")
			.doesNotContain("<!--", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
					"new Function", "'style',");
		assertThat(ViewerResources.styleSheet()).doesNotContain("<", "@import", "url(");
	}

	private static String element(String page, String start, String end) {
		int from = page.indexOf(start) + start.length();
		return page.substring(from, page.indexOf(end, from));
	}

}
