package dev.profiled.render;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.LatencyBuckets;
import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.MeasuredCost;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.profile.TimeCategory;
import dev.profiled.profile.TimeSplit;

/**
 * Renders a profile as JSON: what the viewer draws. The call tree is given as parallel
 * arrays, its nodes in preorder; samples and weights are those that end in a node.
 */
public final class JsonRenderer {

	private static final int SCHEMA = 1;

	private JsonRenderer() {
	}

	/**
	 * Render a profile.
	 * @param view the profile
	 * @return a JSON object, safe inside an HTML script element
	 */
	public static String render(ProfileView view) {
		return JsonWriter.write((json) -> {
			writeEndpoint(json, view);
			writeRequests(json, view);
			writeSamples(json, view);
			writeTree(json, view.snapshot().tree());
		});
	}

	private static void writeEndpoint(JsonWriter json, ProfileView view) {
		ProfileSummary summary = view.snapshot().summary();
		ProfileEvent event = view.snapshot().query().event();
		json.add("schema", SCHEMA)
			.add("name", summary.endpoint().name())
			.add("title", view.title())
			.add("event", event.id())
			.add("unit", event.unit())
			.add("handlers", summary.endpoint().handlers())
			.add("patterns", summary.endpoint().patterns());
	}

	private static void writeRequests(JsonWriter json, ProfileView view) {
		ProfileSummary summary = view.snapshot().summary();
		json.add("requests", summary.latency().count())
			.add("inFlight", view.inFlight())
			.add("skipped", view.skipped())
			.add("latency", latency(summary.latency()))
			.add("latencyBuckets", LatencyBuckets.SCHEME)
			.add("firstProfiled", text(summary.firstProfiled()))
			.add("lastProfiled", text(summary.lastProfiled()));
	}

	private static void writeSamples(JsonWriter json, ProfileView view) {
		ProfileSummary summary = view.snapshot().summary();
		CallTree tree = view.snapshot().tree();
		String event = view.snapshot().query().event().id();
		json.add("samples", tree.samples())
			.add("weight", tree.weight())
			.add("interval", view.profiler().intervals().getOrDefault(event, 0L))
			.add("split", split(summary.split()))
			.add("measured", measured(summary.measured()))
			.add("approximateRequests", summary.approximateRequests())
			.add("profiler", profiler(view.profiler()))
			.add("dropped",
					(dropped) -> dropped.add("truncatedSamples", summary.truncatedSamples())
						.add("discardedSamples", view.discardedSamples()))
			.add("ignoredParameters", view.ignoredParameters())
			.add("ownPackages", view.ownPackages());
	}

	private static void writeTree(JsonWriter json, CallTree tree) {
		List<Frame> frames = tree.frames();
		json.add("frames",
				(object) -> object.add("class", frames.stream().map(Frame::className).toList())
					.add("method", frames.stream().map(Frame::methodName).toList())
					.add("kind", frames.stream().map((frame) -> frame.kind().id()).toList()));
		json.add("categories", categories(frames));
		json.add("nodes",
				(object) -> object.add("parent", tree.nodeCount(), tree::parent)
					.add("frame", tree.nodeCount(), tree::frameNumber)
					.add("samples", tree.nodeCount(), tree::selfSamples)
					.add("weight", tree.nodeCount(), tree::selfWeight));
	}

	private static @Nullable Consumer<JsonWriter> latency(LatencySummary latency) {
		return (latency.count() == 0) ? null
				: (json) -> json.add("count", latency.count())
					.add("mean", latency.mean())
					.add("p50", latency.p50())
					.add("p95", latency.p95())
					.add("p99", latency.p99())
					.add("max", latency.max());
	}

	private static @Nullable Consumer<JsonWriter> split(TimeSplit split) {
		return (split.requests() == 0) ? null : (json) -> split.figures().forEach(json::add);
	}

	private static @Nullable Consumer<JsonWriter> measured(MeasuredCost measured) {
		return (measured.requests() == 0) ? null
				: (json) -> json.add("requests", measured.requests())
					.add("cpuTime", measured.cpuTime())
					.add("sampledCpuTime", measured.sampledCpuTime())
					.add("allocatedBytes", measured.allocatedBytes())
					.add("sampledBytes", measured.sampledBytes());
	}

	// The rows of frames that stand for a wait, by category.
	private static Map<String, Long> categories(List<Frame> frames) {
		Map<String, Long> categories = new LinkedHashMap<>();
		for (int i = 0; i < frames.size(); i++) {
			TimeCategory category = TimeCategory.of(frames.get(i));
			if (category != null) {
				categories.put(category.id(), (long) i);
			}
		}
		return categories;
	}

	private static Consumer<JsonWriter> profiler(ProfilerView profiler) {
		return (json) -> json.add("state", profiler.state())
			.add("engine", profiler.engine())
			.add("intervals", profiler.intervals())
			.add("kernelFrames", profiler.kernelFrames())
			.add("message", profiler.message())
			.add("advice", profiler.advice())
			.add("limits", profiler.limits());
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

}
