package dev.profiled.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.profiled.attribution.Sample;
import dev.profiled.jfr.JfrChunk;
import dev.profiled.jfr.JfrSampleReader;
import dev.profiled.jfr.SamplingIntervals;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.StackCounts;

/**
 * Reads recordings in JFR's format, such as those of async-profiler.
 */
final class RecordingReader {

	private static final int SIGNATURE = 0x464c5200;

	private static final int SIZE_OFFSET = 8;

	private static final int START_OFFSET = 32;

	private static final int HEADER_SIZE = 68;

	private RecordingReader() {
	}

	static boolean reads(byte[] bytes) {
		return bytes.length >= HEADER_SIZE && ByteBuffer.wrap(bytes).getInt(0) == SIGNATURE;
	}

	static ProcessProfile read(byte[] bytes, Duration assumed) throws IOException {
		ByteBuffer file = ByteBuffer.wrap(bytes);
		JfrSampleReader reader = new JfrSampleReader();
		StackCounts counts = new StackCounts();
		SamplingIntervals intervals = new SamplingIntervals(assumed.toNanos(), 0, 0);
		long start = file.getLong(START_OFFSET);
		long end = start;
		while (file.remaining() >= HEADER_SIZE) {
			long size = file.getLong(file.position() + SIZE_OFFSET);
			if (file.getInt(file.position()) != SIGNATURE || size < HEADER_SIZE || size > file.remaining()) {
				throw new IOException("The recording is cut off after " + file.position() + " bytes.");
			}
			end = file.getLong(file.position() + START_OFFSET) + file.getLong(file.position() + START_OFFSET + 8);
			JfrChunk chunk = reader.read(file.slice(file.position(), (int) size), true);
			intervals = intervals(chunk.settings(), intervals);
			for (Sample sample : chunk.weighed(intervals).samples()) {
				counts.add(sample.event(), sample.stack(), 1, sample.weight());
			}
			file.position(file.position() + (int) size);
		}
		return new ProcessProfile(Instant.ofEpochSecond(0, start), end - start, counts, false);
	}

	// As the settings of async-profiler tell, which only the first chunk has.
	private static SamplingIntervals intervals(Map<String, String> settings, SamplingIntervals before) {
		return new SamplingIntervals(number(settings, "interval", before.cpu()),
				number(settings, "alloc", before.alloc()), number(settings, "lock", before.lock()));
	}

	private static long number(Map<String, String> settings, String name, long otherwise) {
		try {
			long number = Long.parseLong(settings.getOrDefault(name, ""));
			return (number > 0) ? number : otherwise;
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

}
