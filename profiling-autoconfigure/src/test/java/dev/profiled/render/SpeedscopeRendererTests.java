package dev.profiled.render;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpeedscopeRenderer}.
 */
class SpeedscopeRendererTests {

	@Test
	void eachStackComesOnceWithItsWeight() throws IOException {
		StringBuilder text = new StringBuilder();
		SpeedscopeRenderer.render("</script>\u2028", List.of(ProfileViews.snapshot("a.A.main;a.B.sort 3", "a.A.main 1"),
				ProfileViews.snapshot("a.C.run;a.A.main 2")), text);
		assertThat(text).doesNotContain("<", "\u2028");
		JsonNode document = new ObjectMapper().readTree(text.toString());
		assertThat(document.get("name").asText()).isEqualTo("</script>\u2028");
		assertThat(document.at("/shared/frames"))
			.hasToString("[{\"name\":\"a.A.main\"},{\"name\":\"a.B.sort\"},{\"name\":\"a.C.run\"}]");
		JsonNode profile = document.at("/profiles/0");
		assertThat(profile.get("type").asText()).isEqualTo("sampled");
		assertThat(profile.get("unit").asText()).isEqualTo("nanoseconds");
		assertThat(profile.get("samples")).hasToString("[[0],[0,1]]");
		assertThat(profile.get("weights")).hasToString("[10,30]");
		assertThat(profile.get("endValue").asLong()).isEqualTo(40);
		assertThat(document.at("/profiles/1/samples")).hasToString("[[2,0]]");
	}

}
