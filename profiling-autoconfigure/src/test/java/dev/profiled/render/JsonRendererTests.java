package dev.profiled.render;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.ProfileSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

class JsonRendererTests {

	@Test
	void everyFieldIsThere() {
		assertThat(JsonRenderer.render(ProfileViews.view(ProfileViews.snapshot("a.A.main;a.B.sort 3", "a.A.main 1"))))
			.isEqualTo("""
					{"schema":1,"name":"orders","title":"Orders","event":"cpu","unit":"ns",\
					"handlers":["a.B.list"],"patterns":["GET /orders"],\
					"requests":1,"inFlight":1,"skipped":{"busy":2},\
					"latency":{"count":1,"mean":1000,"p50":1000,"p95":1000,"p99":1000,"max":1000},\
					"latencyBuckets":"log2/16",\
					"firstProfiled":"2023-11-14T22:13:20Z","lastProfiled":"2023-11-14T22:13:20Z",\
					"samples":4,"weight":40,"interval":10,"split":null,"measured":null,"approximateRequests":0,\
					"profiler":{"state":"armed","engine":"ctimer","intervals":{"cpu":10},"kernelFrames":false,\
					"message":null,"advice":null,\
					"limits":["No kernel frames."]},\
					"dropped":{"truncatedSamples":0,"discardedSamples":5},\
					"ignoredParameters":["depth"],"ownPackages":["a"],\
					"frames":{"class":["a.A","a.B"],"method":["main","sort"],"kind":["java","java"]},\
					"categories":{},\
					"nodes":{"parent":[-1,0,1],"frame":[-1,0,1],"samples":[0,1,3],"weight":[0,10,30]}}""");
	}

	@Test
	void whenNothingWasProfiledThenThereIsNoLatencyAndOnlyARoot() throws JsonProcessingException {
		JsonNode json = parse(ProfileViews.view(ProfileViews.snapshot()));
		assertThat(json.get("requests").asLong()).isZero();
		assertThat(json.get("latency").isNull()).isTrue();
		assertThat(json.get("firstProfiled").isNull()).isTrue();
		assertThat(json.get("frames").get("class")).isEmpty();
		assertThat(json.get("nodes").get("parent")).hasSize(1);
	}

	@Test
	void nodesComeInPreorderAndAddUp() throws JsonProcessingException {
		JsonNode nodes = parse(
				ProfileViews.view(ProfileViews.snapshot("a.A.a;a.A.c 1", "a.A.a;a.A.b;a.A.a 2", "a.A.z 4")))
			.get("nodes");
		long sum = 0;
		for (int node = 0; node < nodes.get("parent").size(); node++) {
			assertThat(nodes.get("parent").get(node).asInt()).isLessThan(node);
			sum += nodes.get("samples").get(node).asLong();
		}
		assertThat(sum).isEqualTo(7);
	}

	@Test
	void whateverTheTextsAreTheJsonIsValidAndSafeInAScript() throws JsonProcessingException {
		String hostile = "</script><!--\"\\\u0000\n\u2028\ud800 &'";
		ProfileSnapshot snapshot = ProfileViews.snapshot("native!" + hostile + " 1");
		String json = JsonRenderer.render(new ProfileView(hostile, snapshot, Map.of(hostile, 1L), 0, 0,
				new ProfilerView(hostile, hostile, Map.of(hostile, 1L), null, hostile, hostile, List.of(hostile)),
				List.of(hostile), List.of(hostile)));
		assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\n", "\u0000", "\ud800");
		JsonNode parsed = new ObjectMapper().readTree(json);
		assertThat(parsed.get("title").asText()).isEqualTo(hostile);
		assertThat(parsed.get("frames").get("method").get(0).asText()).isEqualTo(hostile);
		assertThat(parsed.get("skipped").get(hostile).asLong()).isEqualTo(1);
		assertThat(parsed.get("profiler").get("message").asText()).isEqualTo(hostile);
	}

	private static JsonNode parse(ProfileView view) throws JsonProcessingException {
		return new ObjectMapper().readTree(JsonRenderer.render(view));
	}

}
