package dev.profiled.render;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.LatencyBuckets;
import dev.profiled.profile.LatencySamples;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSummary;

/**
 * Renders the samples of all events for {@code go tool pprof}: a gzipped
 * <a href="https://github.com/google/pprof/blob/main/proto/profile.proto">profile</a>
 * with two sample types for each event, such as {@code cpu_samples} and {@code cpu}.
 * Samples carry the labels {@code endpoint}, {@code event} and {@code latency_ms}, the
 * least latency of the bucket that their requests are in.
 */
public final class PprofRenderer {

	private static final ProfileEvent[] EVENTS = ProfileEvent.values();

	private static final int MAPPING = 1;

	private final Map<String, Integer> strings = new LinkedHashMap<>(Map.of("", 0));

	private final ProtoWriter message = new ProtoWriter();

	private final OutputStream out;

	private PprofRenderer(OutputStream out) {
		this.out = out;
	}

	/**
	 * Render the samples of an endpoint.
	 * @param summary the endpoint
	 * @param samples its samples
	 * @param event the event that is shown where none is chosen
	 * @param out receives the profile; it is not closed
	 * @throws IOException if the receiver fails
	 */
	public static void render(ProfileSummary summary, LatencySamples samples, ProfileEvent event, OutputStream out)
			throws IOException {
		GZIPOutputStream zipped = new GZIPOutputStream(out, 8192);
		new PprofRenderer(zipped).render(summary, samples, event);
		zipped.finish();
	}

	private void render(ProfileSummary summary, LatencySamples samples, ProfileEvent event) throws IOException {
		for (ProfileEvent type : EVENTS) {
			write(1, valueType(type.id() + "_samples", "count"));
			write(1, valueType(type.id(), unit(type)));
		}
		write(3, new ProtoWriter().field(1, MAPPING).field(5, string("java")).field(7, 1));
		functions(samples.tree());
		samples(summary.endpoint().name(), samples);
		ProtoWriter rest = new ProtoWriter().field(14, string(event.id()));
		Instant first = summary.firstProfiled();
		Instant last = summary.lastProfiled();
		if (first != null && last != null) {
			rest.field(9, first.toEpochMilli() * 1_000_000)
				.field(10, (last.toEpochMilli() - first.toEpochMilli()) * 1_000_000);
		}
		rest.writeTo(this.out);
		for (String string : this.strings.keySet()) {
			this.message.clear().field(6, string).writeTo(this.out);
		}
	}

	private static String unit(ProfileEvent event) {
		return event.unit().equals("ns") ? "nanoseconds" : event.unit();
	}

	private ProtoWriter valueType(String type, String unit) {
		return new ProtoWriter().field(1, string(type)).field(2, string(unit));
	}

	// One location for each function, of the same number.
	private void functions(CallTree tree) throws IOException {
		int id = 0;
		for (Frame frame : tree.frames()) {
			id++;
			int name = string(frame.name() + ((frame.kind() == FrameKind.KERNEL) ? "_[k]" : ""));
			write(5, new ProtoWriter().field(1, id).field(2, name).field(3, name).field(4, string(file(frame))));
			write(4, new ProtoWriter().field(1, id).field(2, MAPPING).field(4, new ProtoWriter().field(1, id)));
		}
	}

	// The JVM does not tell it to profilers: that of the outermost class.
	private static String file(Frame frame) {
		if (frame.kind() != FrameKind.JAVA) {
			return "";
		}
		String path = frame.className().replace('.', '/');
		int nested = path.indexOf('$', path.lastIndexOf('/') + 2);
		return ((nested < 0) ? path : path.substring(0, nested)) + ".java";
	}

	private void samples(String endpoint, LatencySamples samples) throws IOException {
		CallTree tree = samples.tree();
		for (LatencySamples.Row row : samples.rows()) {
			long[] locations = Arrays.stream(tree.path(row.node()))
				.mapToLong((node) -> tree.frameNumber(node) + 1)
				.toArray();
			long[] values = new long[2 * EVENTS.length];
			values[2 * row.event().ordinal()] = row.samples();
			values[2 * row.event().ordinal() + 1] = row.weight();
			ProtoWriter sample = new ProtoWriter().field(1, locations)
				.field(2, values)
				.field(3, label("endpoint", endpoint))
				.field(3, label("event", row.event().id()));
			ProtoWriter latency = latency(row.bucket());
			if (latency != null) {
				sample.field(3, latency);
			}
			write(2, sample);
		}
	}

	private ProtoWriter label(String key, String value) {
		return new ProtoWriter().field(1, string(key)).field(2, string(value));
	}

	// Without a unit, since only then a range without a unit finds it.
	private @Nullable ProtoWriter latency(int bucket) {
		return (bucket == LatencySamples.ANY_LATENCY) ? null : new ProtoWriter().field(1, string("latency_ms"))
			.field(3, LatencyBuckets.lowerBound(bucket) / 1_000_000);
	}

	private int string(String text) {
		return this.strings.computeIfAbsent(text, (key) -> this.strings.size());
	}

	private void write(int field, ProtoWriter value) throws IOException {
		this.message.clear().field(field, value).writeTo(this.out);
	}

}
