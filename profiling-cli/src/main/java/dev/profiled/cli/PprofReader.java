package dev.profiled.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.Frame;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

/**
 * Reads profiles of pprof, ours and those of Go programs, see
 * <a href="https://github.com/google/pprof/blob/main/proto/profile.proto">its format</a>.
 */
final class PprofReader {

	private final List<long[]> types = new ArrayList<>();

	private final List<ProtoReader> samples = new ArrayList<>();

	private final Map<Long, long[]> locations = new HashMap<>();

	private final Map<Long, Integer> functions = new HashMap<>();

	private final List<String> strings = new ArrayList<>();

	private long start;

	private long length;

	private PprofReader() {
	}

	static boolean reads(byte[] bytes) {
		// it begins with a message in field 1, or with an empty field 7, which no text
		// does
		return bytes.length > 2 && (bytes[0] == (1 << 3 | 2) && bytes[2] < ' ' || bytes[0] == 7 << 3 && bytes[1] == 0);
	}

	static ProcessProfile read(byte[] bytes, Duration assumed) throws IOException {
		try {
			return new PprofReader().read(new ProtoReader(bytes), assumed.toNanos());
		}
		catch (IndexOutOfBoundsException | NullPointerException ex) {
			throw new IOException("The profile is not whole.", ex);
		}
	}

	private ProcessProfile read(ProtoReader profile, long assumed) throws IOException {
		while (profile.next()) {
			switch (profile.field()) {
				case 1 -> this.types.add(numbers(profile.message(), 1, 2));
				case 2 -> this.samples.add(profile.message());
				case 4 -> location(profile.message());
				case 5 -> {
					long[] function = numbers(profile.message(), 1, 2);
					this.functions.put(function[0], (int) function[1]);
				}
				case 6 -> this.strings.add(profile.text());
				case 9 -> this.start = profile.number();
				case 10 -> this.length = profile.number();
				default -> {
					// not needed
				}
			}
		}
		return new ProcessProfile(Instant.ofEpochSecond(0, this.start), this.length, counts(assumed), false);
	}

	private static long[] numbers(ProtoReader message, int first, int second) {
		long[] numbers = new long[2];
		while (message.next()) {
			if (message.field() == first) {
				numbers[0] = message.number();
			}
			else if (message.field() == second) {
				numbers[1] = message.number();
			}
		}
		return numbers;
	}

	// A location has several lines if functions were inlined, the innermost first.
	private void location(ProtoReader location) {
		long id = 0;
		List<Long> lines = new ArrayList<>();
		while (location.next()) {
			if (location.field() == 1) {
				id = location.number();
			}
			else if (location.field() == 4) {
				lines.add(numbers(location.message(), 1, 2)[0]);
			}
		}
		this.locations.put(id, lines.stream().mapToLong(Long::longValue).toArray());
	}

	private StackCounts counts(long assumed) throws IOException {
		List<Column> columns = columns();
		StackCounts counts = new StackCounts();
		for (ProtoReader sample : this.samples) {
			List<Long> stack = new ArrayList<>();
			List<Long> values = new ArrayList<>();
			while (sample.next()) {
				if (sample.field() == 1) {
					sample.numbers(stack);
				}
				else if (sample.field() == 2) {
					sample.numbers(values);
				}
			}
			for (Column column : columns) {
				long weight = (column.weight >= 0) ? values.get(column.weight) : 0;
				long count = (column.samples >= 0) ? values.get(column.samples) : (weight != 0) ? 1 : 0;
				if (count != 0 || weight != 0) {
					counts.add(column.event, stack(stack), count, (column.weight >= 0) ? weight : count * assumed);
				}
			}
		}
		return counts;
	}

	private StackTrace stack(List<Long> leafFirst) {
		List<Frame> rootFirst = new ArrayList<>();
		for (int i = leafFirst.size() - 1; i >= 0; i--) {
			long[] functions = this.locations.getOrDefault(leafFirst.get(i), new long[0]);
			for (int j = functions.length - 1; j >= 0; j--) {
				Integer name = this.functions.get(functions[j]);
				rootFirst.add(CollapsedReader.frame((name != null) ? this.strings.get(name) : "[unknown]"));
			}
		}
		return rootFirst.isEmpty() ? StackTrace.of(CollapsedReader.frame("[unknown]")) : StackTrace.of(rootFirst);
	}

	private List<Column> columns() throws IOException {
		Map<String, Integer> byName = new HashMap<>();
		for (int i = 0; i < this.types.size(); i++) {
			byName.put(this.strings.get((int) this.types.get(i)[0]), i);
		}
		List<Column> columns = new ArrayList<>();
		add(columns, ProfileEvent.CPU, byName, Set.of("cpu"), Set.of("cpu_samples", "samples"));
		add(columns, ProfileEvent.WALL, byName, Set.of("wall"), Set.of("wall_samples"));
		add(columns, ProfileEvent.ALLOC, byName, Set.of("alloc", "alloc_space"),
				Set.of("alloc_samples", "alloc_objects"));
		add(columns, ProfileEvent.LOCK, byName, Set.of("lock", "delay"), Set.of("lock_samples", "contentions"));
		if (columns.isEmpty()) {
			throw new IOException("The profile has none of cpu, wall, alloc and lock, but " + byName.keySet() + ".");
		}
		return columns;
	}

	private static void add(List<Column> columns, ProfileEvent event, Map<String, Integer> byName, Set<String> weights,
			Set<String> samples) {
		Integer weight = first(byName, weights);
		Integer count = first(byName, samples);
		if (weight != null || count != null) {
			columns.add(new Column(event, (weight != null) ? weight : -1, (count != null) ? count : -1));
		}
	}

	private static @Nullable Integer first(Map<String, Integer> byName, Set<String> names) {
		return names.stream().filter(byName::containsKey).map(byName::get).findFirst().orElse(null);
	}

	/**
	 * Which values of a sample an event has.
	 *
	 * @param event the event
	 * @param weight the number of the value that is the weight, or -1
	 * @param samples that of the number of samples, or -1
	 */
	private record Column(ProfileEvent event, int weight, int samples) {
	}

}
