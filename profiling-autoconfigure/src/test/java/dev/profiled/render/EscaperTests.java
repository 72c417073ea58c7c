package dev.profiled.render;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Escaper}.
 */
class EscaperTests {

	@Test
	void htmlLeavesOrdinaryTextAlone() {
		assertThat(Escaper.html("GET /reports/{id} · größer 🔥\tx\n")).isEqualTo("GET /reports/{id} · größer 🔥\tx\n");
	}

	@Test
	void htmlEscapesMarkupAndQuotes() {
		assertThat(Escaper.html("</title><a href=\"x\" title='y'>&"))
			.isEqualTo("&lt;/title&gt;&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
	}

	@Test
	void htmlReplacesWhatHtmlDoesNotAllow() {
		assertThat(Escaper.html("a\u0000b\u0085c\ud83dd\udd25")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
	}

	@Test
	void jsonLeavesOrdinaryTextAlone() {
		assertThat(Escaper.json("größer 🔥 it's")).isEqualTo("größer 🔥 it's");
	}

	@Test
	void jsonEscapesWhatJsonRequires() {
		assertThat(Escaper.json("\"\\\b\f\n\r\t\u0001\u007f")).isEqualTo("\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f");
	}

	@Test
	void jsonEscapesWhatCouldLeaveAScriptElement() {
		assertThat(Escaper.json("</script><!--&\u2028\u2029"))
			.isEqualTo("\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029");
	}

	@Test
	void jsonEscapesLoneSurrogatesOnly() {
		assertThat(Escaper.json("\ud83d\udd25")).isEqualTo("\ud83d\udd25");
		assertThat(Escaper.json("\ud83d")).isEqualTo("\\ud83d");
		assertThat(Escaper.json("\udd25\ud83d")).isEqualTo("\\udd25\\ud83d");
	}

}
