package dev.profiled.jfr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import one.jfr.JfrReader;
import one.jfr.event.Event;

import dev.profiled.profile.JavaFrames;

/**
 * Reads the samples of complete chunks of an async-profiler recording that was made with
 * {@code clock=monotonic}, so that its ticks are those of {@link System#nanoTime()}. Each
 * chunk names all its methods anew; what was made of them is kept. Not thread-safe.
 */
public final class JfrSampleReader {

	private final JavaFrames javaFrames = new JavaFrames();

	/**
	 * Read a chunk.
	 * @param chunk exactly one chunk, from its header to its end
	 * @return its samples; the weight of CPU samples is their number, that of allocations
	 * the size of the object in bytes, that of locks the time of the wait in ns
	 * @throws IOException if the chunk is not whole
	 */
	public JfrChunk read(ByteBuffer chunk) throws IOException {
		return read(chunk, false);
	}

	/**
	 * Read a chunk.
	 * @param chunk exactly one chunk, from its header to its end
	 * @param allThreads whether samples of threads that are not Java's are not counted
	 * only but are among the samples, as those of a thread 0
	 * @return its samples, weighing as those of {@link #read(ByteBuffer)}
	 * @throws IOException if the chunk is not whole
	 */
	public JfrChunk read(ByteBuffer chunk, boolean allThreads) throws IOException {
		try (JfrReader reader = new JfrReader(chunk)) {
			JfrEvents events = new JfrEvents(reader, this.javaFrames, allThreads);
			for (Event event = reader.readEvent(); event != null; event = reader.readEvent()) {
				events.add(event);
			}
			return events.chunk(end(reader), settings(reader));
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
