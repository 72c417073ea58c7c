package dev.profiled.jfr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import one.jfr.JfrReader;
import one.jfr.event.Event;
import one.jfr.event.ExecutionSample;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.ProfileEvent;

/**
 * Reads the samples of one complete chunk of an async-profiler recording that was made
 * with {@code clock=monotonic}, so that its ticks are those of {@link System#nanoTime()}.
 */
public final class JfrSampleReader {

	private JfrSampleReader() {
	}

	/**
	 * Read a chunk.
	 * @param chunk exactly one chunk, from its header to its end
	 * @return its samples; the weight of CPU samples is their number
	 * @throws IOException if the chunk is not whole
	 */
	public static JfrChunk read(ByteBuffer chunk) throws IOException {
		try (JfrReader reader = new JfrReader(chunk)) {
			JfrStacks stacks = new JfrStacks(reader);
			List<Sample> samples = new ArrayList<>();
			long others = 0;
			for (Event event = reader.readEvent(); event != null; event = reader.readEvent()) {
				if (event instanceof ExecutionSample cpu) {
					Long threadId = reader.javaThreads.get(cpu.tid);
					if (threadId == null || threadId == 0) {
						others += cpu.samples();
						continue;
					}
					samples.add(new Sample(ProfileEvent.CPU, threadId, cpu.time, stacks.get(cpu.stackTraceId),
							cpu.samples()));
				}
			}
			return new JfrChunk(samples, others, reader.chunkStartTicks, end(reader), settings(reader));
		}
		catch (RuntimeException ex) {
			// what the reader throws for a chunk that a full disk cut short
			throw new IOException("a part is not whole", ex);
		}
	}

	// The duration is that of the wall clock, which may have been put forward meanwhile.
	private static long end(JfrReader reader) {
		long now = System.nanoTime();
		long end = reader.chunkStartTicks + reader.chunkDurationNanos();
		return (end - now > 0) ? now : end;
	}

	private static Map<String, String> settings(JfrReader reader) {
		Map<String, String> settings = new HashMap<>(reader.settings);
		settings.values().removeIf(Objects::isNull);
		return settings;
	}

}
