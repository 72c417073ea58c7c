package dev.profiled.render;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarkdownRenderer}.
 */
class MarkdownRendererTests {

	@Test
	void saysWhatIsHotAndHowItCameToThat() throws IOException {
		assertThat(render("a.A.main;a.B.sort;a.B.sort 30", "a.A.main;a.B.sort;a.C.compare 60", "a.A.main 10"))
			.isEqualTo("""
					## `Orders`, cpu

					1 requests profiled, 100 samples, 1 \u00b5s per request.
					From 2023-11-14T22:13:20Z to 2023-11-14T22:13:20Z.

					| latency | mean | p50 | p95 | p99 | max |
					| --- | --- | --- | --- | --- | --- |
					| | 1 \u00b5s | 1 \u00b5s | 1 \u00b5s | 1 \u00b5s | 1 \u00b5s |

					| self | total | method |
					| --- | --- | --- |
					| 60 % | 60 % | `a.C.compare` |
					| 30 % | 90 % | `a.B.sort` |
					| 10 % | 100 % | `a.A.main` |

					The hottest paths, each from its end:

					1. 60 %: `a.C.compare` \u2190 `a.B.sort` \u2190 `a.A.main`
					1. 30 %: `a.B.sort` \u2190 `a.B.sort` \u2190 `a.A.main`
					1. 10 %: `a.A.main`

					> No kernel frames.
					""");
	}

	@Test
	void withoutSamplesItSaysThat() throws IOException {
		assertThat(render()).isEqualTo("""
				## `Orders`, cpu

				0 requests profiled, 0 samples.

				> No kernel frames.
				""");
	}

	@Test
	void namesAreOnlyText() throws IOException {
		assertThat(render("native!a`b|c<d>\n 1")).contains("| 100 % | 100 % | `a_b\\|c<d>_` |");
	}

	private static String render(String... stacks) throws IOException {
		StringBuilder text = new StringBuilder();
		MarkdownRenderer.render(ProfileViews.view(ProfileViews.snapshot(stacks)), text);
		return text.toString();
	}

}
