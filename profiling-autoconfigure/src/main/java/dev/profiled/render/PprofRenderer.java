package dev.profiled.render;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.LatencyBuckets;
import dev.profiled.profile.LatencySamples;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.profile.StackCounts;

/**
 * Renders the samples of all events for {@code go tool pprof}: a gzipped
 * <a href="https://github.com/google/pprof/blob/main/proto/profile.proto">profile</a>
 * with two sample types for each event, such as {@code cpu_samples} and {@code cpu}.
 * Samples carry the labels {@code endpoint}, {@code event} and {@code latency_ms}, the
 * least latency of the bucket that their requests are in.
 */
public final class PprofRenderer {

	private static final int MAPPING = 1;

	private final Map<String, Integer> strings = new LinkedHashMap<>(Map.of("", 0));

	private final ProtoWriter message = new ProtoWriter();

	private final List<ValueType> types;

	private final OutputStream out;

	private PprofRenderer(List<ValueType> types, OutputStream out) {
		this.types = types;
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
		PprofRenderer renderer = new PprofRenderer(ValueType.of(ProfileEvent.values()), zipped);
		renderer.samples(samples, summary.endpoint().name());
		Instant first = summary.firstProfiled();
		Instant last = summary.lastProfiled();
		if (first != null && last != null) {
			renderer.time(first, (last.toEpochMilli() - first.toEpochMilli()) * 1_000_000);
		}
		renderer.finish(event.id());
		zipped.finish();
	}

	/**
	 * Render the samples of the process.
	 * @param profile the samples
	 * @param event the event that is shown where none is chosen
	 * @param filter what is left out
	 * @param out receives the profile, which is not zipped; it is not closed
	 * @throws IOException if the receiver fails
	 */
	public static void render(ProcessProfile profile, ProfileEvent event, CallTreeFilter filter, OutputStream out)
			throws IOException {
		LatencySamples samples = LatencySamples.of(profile.samples()).filter(filter);
		boolean waits = samples.rows().stream().anyMatch((row) -> row.event() == ProfileEvent.WALL);
		PprofRenderer renderer = new PprofRenderer(waits ? ValueType.of(ProfileEvent.values())
				: ValueType.of(ProfileEvent.CPU, ProfileEvent.ALLOC, ProfileEvent.LOCK), out);
		renderer.samples(samples, null);
		renderer.time(profile.start(), profile.length());
		if (profile.gaps()) {
			renderer.comment("Samples are missing: the profiler was interrupted.");
		}
		renderer.finish(event.id());
	}

	/**
	 * Render the stacks of threads.
	 * @param threads the stacks, each counted as often as there are threads in it
	 * @param event what they are counted as
	 * @param out receives the profile, which is not zipped; it is not closed
	 * @throws IOException if the receiver fails
	 */
	static void renderThreads(StackCounts threads, ProfileEvent event, OutputStream out) throws IOException {
		PprofRenderer renderer = new PprofRenderer(List.of(new ValueType("threads", "count", event, false)), out);
		renderer.samples(LatencySamples.of(threads), null);
		renderer.finish("threads");
	}

	/**
	 * Write something to a profile that has not begun yet and means nothing: who waits
	 * for it is still there if that can be written.
	 * @param out receives it
	 * @throws IOException if the receiver fails
	 */
	public static void writeNothing(OutputStream out) throws IOException {
		// field 7, drop_frames: none
		out.write(new byte[] { 7 << 3, 0 });
	}

	private void samples(LatencySamples samples, @Nullable String endpoint) throws IOException {
		for (ValueType type : this.types) {
			write(1, new ProtoWriter().field(1, string(type.name)).field(2, string(type.unit)));
		}
		write(3, new ProtoWriter().field(1, MAPPING).field(5, string("java")).field(7, 1));
		functions(samples.tree());
		for (LatencySamples.Row row : samples.rows()) {
			sample(samples.tree(), row, endpoint);
		}
	}

	private void time(Instant start, long nanos) throws IOException {
		this.message.clear().field(9, start.toEpochMilli() * 1_000_000).field(10, nanos).writeTo(this.out);
	}

	private void comment(String comment) throws IOException {
		this.message.clear().field(13, string(comment)).writeTo(this.out);
	}

	private void finish(String defaultType) throws IOException {
		this.message.clear().field(14, string(defaultType)).writeTo(this.out);
		for (String string : this.strings.keySet()) {
			this.message.clear().field(6, string).writeTo(this.out);
		}
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

	private void sample(CallTree tree, LatencySamples.Row row, @Nullable String endpoint) throws IOException {
		long[] locations = Arrays.stream(tree.path(row.node()))
			.mapToLong((node) -> tree.frameNumber(node) + 1)
			.toArray();
		long[] values = this.types.stream().mapToLong((type) -> type.of(row)).toArray();
		ProtoWriter sample = new ProtoWriter().field(1, locations).field(2, values);
		if (endpoint != null) {
			sample.field(3, label("endpoint", endpoint)).field(3, label("event", row.event().id()));
		}
		ProtoWriter latency = latency(row.bucket());
		if (latency != null) {
			sample.field(3, latency);
		}
		write(2, sample);
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

	/**
	 * What is counted: the samples of an event, or their weight.
	 */
	private record ValueType(String name, String unit, ProfileEvent event, boolean weight) {

		static List<ValueType> of(ProfileEvent... events) {
			List<ValueType> types = new ArrayList<>();
			for (ProfileEvent event : events) {
				types.add(new ValueType(event.id() + "_samples", "count", event, false));
				types.add(new ValueType(event.id(), event.unit().equals("ns") ? "nanoseconds" : event.unit(), event,
						true));
			}
			return types;
		}

		long of(LatencySamples.Row row) {
			return (row.event() != this.event) ? 0 : this.weight ? row.weight() : row.samples();
		}

	}

}
