package dev.profiled.render;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.Frame;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.LatencyBuckets;
import dev.profiled.profile.LatencySamples;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets Google's protocol buffers read a profile, by the fields of
 * <a href="https://github.com/google/pprof/blob/main/proto/profile.proto">its format</a>,
 * and compares it with what it was made of.
 */
class PprofReadBackTests {

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 10_000, 100);

	@Test
	void nothingIsLost() throws Exception {
		recordRandomRequests();
		LatencySamples samples = this.repository.samples("orders");
		Message profile = read();
		List<String> strings = texts(profile, "string_table");
		assertThat(strings.get(0)).isEmpty();
		assertThat(strings).doesNotHaveDuplicates();
		assertThat(messages(profile, "sample_type").stream()
			.map((type) -> strings.get((int) number(type, "type")) + " " + strings.get((int) number(type, "unit"))))
			.containsExactly("cpu_samples count", "cpu nanoseconds", "wall_samples count", "wall nanoseconds",
					"alloc_samples count", "alloc bytes", "lock_samples count", "lock nanoseconds");
		assertThat(samples.rows()).hasSizeGreaterThan(500);
		assertThat(messages(profile, "sample").stream().map((sample) -> describe(profile, sample, strings)))
			.containsExactlyElementsOf(samples.rows().stream().map((row) -> describe(row, samples.tree())).toList());
		assertThat(strings.get((int) number(profile, "default_sample_type"))).isEqualTo("alloc");
		assertThat(number(profile, "time_nanos")).isEqualTo(1_700_000_000_000_000_000L);
		assertThat(number(profile, "duration_nanos")).isEqualTo(199_000_000);
		assertThat(profile.getUnknownFields().asMap()).isEmpty();
	}

	@Test
	void theSameProfileIsTheSameFile() throws IOException {
		recordRandomRequests();
		assertThat(render()).isEqualTo(render());
	}

	private void recordRandomRequests() {
		this.repository.register(new Endpoint("orders", List.of(), List.of()));
		Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			StackCounts counts = new StackCounts();
			for (int j = 0; j < 10; j++) {
				Frame[] frames = new Frame[1 + random.nextInt(20)];
				Arrays.setAll(frames, (depth) -> Frame.java("a.B" + random.nextInt(5), "m\u00e4" + random.nextInt(3)));
				counts.add(ProfileEvent.values()[random.nextInt(4)], StackTrace.of(frames), 1 + random.nextInt(3),
						1 + random.nextInt(1_000_000_000));
			}
			this.repository.record("orders",
					new RequestProfile(0, 1_700_000_000_000L + i, 1_000_000L << random.nextInt(12), false, counts));
		}
	}

	private byte[] render() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PprofRenderer.render(this.repository.summary("orders").orElseThrow(), this.repository.samples("orders"),
				ProfileEvent.ALLOC, out);
		return out.toByteArray();
	}

	private Message read() throws Exception {
		return DynamicMessage.parseFrom(format(), new GZIPInputStream(new ByteArrayInputStream(render())));
	}

	private static String describe(LatencySamples.Row row, CallTree tree) {
		List<String> leafFirst = Arrays.stream(tree.path(row.node()))
			.mapToObj((node) -> tree.frame(node).name())
			.toList();
		return row.event().id() + " " + LatencyBuckets.lowerBound(row.bucket()) / 1_000_000 + " " + leafFirst + " "
				+ row.samples() + " " + row.weight();
	}

	private static String describe(Message profile, Message sample, List<String> strings) {
		Map<Long, String> functions = new HashMap<>();
		messages(profile, "function")
			.forEach((function) -> functions.put(number(function, "id"), strings.get((int) number(function, "name"))));
		Map<Long, String> locations = new HashMap<>();
		messages(profile, "location").forEach((location) -> locations.put(number(location, "id"),
				functions.get(number(messages(location, "line").get(0), "function_id"))));
		Map<String, Message> labels = new HashMap<>();
		messages(sample, "label").forEach((label) -> labels.put(strings.get((int) number(label, "key")), label));
		assertThat(strings.get((int) number(labels.get("endpoint"), "str"))).isEqualTo("orders");
		ProfileEvent event = Stream.of(ProfileEvent.values())
			.filter((candidate) -> candidate.id().equals(strings.get((int) number(labels.get("event"), "str"))))
			.findFirst()
			.orElseThrow();
		List<Long> values = numbers(sample, "value");
		int value = 2 * event.ordinal();
		for (int i = 0; i < values.size(); i++) {
			assertThat(values.get(i) != 0).isEqualTo(i == value || i == value + 1);
		}
		return event.id() + " " + number(labels.get("latency_ms"), "num") + " "
				+ numbers(sample, "location_id").stream().map(locations::get).toList() + " " + values.get(value) + " "
				+ values.get(value + 1);
	}

	private static long number(Message message, String field) {
		return ((Number) message.getField(message.getDescriptorForType().findFieldByName(field))).longValue();
	}

	@SuppressWarnings("unchecked")
	private static List<Long> numbers(Message message, String field) {
		return (List<Long>) message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	@SuppressWarnings("unchecked")
	private static List<String> texts(Message message, String field) {
		return (List<String>) message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	@SuppressWarnings("unchecked")
	private static List<Message> messages(Message message, String field) {
		return (List<Message>) message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	private static Descriptor format() throws Exception {
		FileDescriptorProto file = FileDescriptorProto.newBuilder()
			.setName("profile.proto")
			.setSyntax("proto3")
			.addMessageType(message("ValueType", "1 int64 type", "2 int64 unit"))
			.addMessageType(message("Label", "1 int64 key", "2 int64 str", "3 int64 num", "4 int64 num_unit"))
			.addMessageType(message("Sample", "1 uint64* location_id", "2 int64* value", "3 Label* label"))
			.addMessageType(message("Mapping", "1 uint64 id", "2 uint64 memory_start", "3 uint64 memory_limit",
					"4 uint64 file_offset", "5 int64 filename", "6 int64 build_id", "7 bool has_functions",
					"8 bool has_filenames", "9 bool has_line_numbers", "10 bool has_inline_frames"))
			.addMessageType(message("Line", "1 uint64 function_id", "2 int64 line"))
			.addMessageType(message("Location", "1 uint64 id", "2 uint64 mapping_id", "3 uint64 address",
					"4 Line* line", "5 bool is_folded"))
			.addMessageType(message("Function", "1 uint64 id", "2 int64 name", "3 int64 system_name",
					"4 int64 filename", "5 int64 start_line"))
			.addMessageType(message("Profile", "1 ValueType* sample_type", "2 Sample* sample", "3 Mapping* mapping",
					"4 Location* location", "5 Function* function", "6 string* string_table", "7 int64 drop_frames",
					"8 int64 keep_frames", "9 int64 time_nanos", "10 int64 duration_nanos", "11 ValueType period_type",
					"12 int64 period", "13 int64* comment", "14 int64 default_sample_type"))
			.build();
		return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Profile");
	}

	private static DescriptorProto message(String name, String... fields) {
		List<FieldDescriptorProto> protos = new ArrayList<>();
		for (String field : fields) {
			String[] words = field.split(" ");
			String type = words[1].replace("*", "");
			FieldDescriptorProto.Builder proto = FieldDescriptorProto.newBuilder()
				.setNumber(Integer.parseInt(words[0]))
				.setName(words[2])
				.setLabel(words[1].endsWith("*") ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
			switch (type) {
				case "int64" -> proto.setType(Type.TYPE_INT64);
				case "uint64" -> proto.setType(Type.TYPE_UINT64);
				case "bool" -> proto.setType(Type.TYPE_BOOL);
				case "string" -> proto.setType(Type.TYPE_STRING);
				default -> proto.setType(Type.TYPE_MESSAGE).setTypeName(type);
			}
			protos.add(proto.build());
		}
		return DescriptorProto.newBuilder().setName(name).addAllField(protos).build();
	}

}
