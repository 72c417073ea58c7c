package dev.profiled.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.profiled.jfr.SamplingIntervals;

/**
 * One recording of async-profiler, from its start to its stop. A dump completes the
 * current chunk of the file and begins another, while the profiler goes on.
 */
final class RecordingSession {

	/**
	 * See {@code one.jfr.JfrReader}.
	 */
	private static final int CHUNK_HEADER_SIZE = 68;

	private static final int CHUNK_SIGNATURE = 0x464c5200;

	private static final int SIZE_OFFSET = 8;

	private static final int CONSTANT_POOL_OFFSET = 16;

	/**
	 * More than this in one chunk cannot be, but after something else wrote to the file.
	 */
	private static final long MAX_CHUNK_SIZE = 256 << 20;

	/**
	 * The profiler tells its uptime in whole seconds.
	 */
	private static final long UPTIME_TOLERANCE = 2;

	private static final Pattern RUNNING = Pattern.compile("is running for (\\d+) seconds");

	private static final Pattern SKIPPED = Pattern.compile("samples_skipped_total (\\d+)");

	private final NativeProfiler profiler;

	private final Path file;

	private final @Nullable OpenFile openFile;

	private final long startedAt = System.nanoTime();

	private long position;

	private long skipped;

	private boolean ended;

	private RecordingSession(NativeProfiler profiler, Path file) {
		this.profiler = profiler;
		this.file = file;
		this.openFile = OpenFile.find(file);
	}

	static RecordingSession start(NativeProfiler profiler, Path file, String event, SamplingIntervals intervals)
			throws IOException {
		profiler.execute(ProfilerCommand.start(file, event, intervals));
		return new RecordingSession(profiler, file);
	}

	/**
	 * Return what was recorded since the last call.
	 * @return the chunks; none if the profiler no longer records to this file, whatever
	 * it answers: it was stopped or taken over, the file was deleted or the disk is full
	 * @throws IOException if the file cannot be read
	 */
	List<ByteBuffer> dump() throws IOException {
		this.profiler.execute(ProfilerCommand.dump(this.file));
		List<ByteBuffer> chunks = newChunks();
		if (!chunks.isEmpty()) {
			countSkipped();
		}
		return chunks;
	}

	/**
	 * Stop the profiler, unless it is no longer at work for this session.
	 * @return what was recorded since the last call
	 * @throws IOException if the file cannot be read
	 */
	List<ByteBuffer> stop() throws IOException {
		List<ByteBuffer> chunks = new ArrayList<>();
		try {
			chunks.addAll(newChunks());
		}
		finally {
			if (isRunning()) {
				this.profiler.execute(ProfilerCommand.STOP);
				countSkipped();
			}
		}
		chunks.addAll(newChunks());
		return chunks;
	}

	/**
	 * Return how many samples the profiler had to skip since the session began, up to the
	 * last dump or the stop: where a thread was to be sampled while others were, or
	 * during a dump.
	 * @return the number of samples
	 */
	long skipped() {
		return this.skipped;
	}

	// While the profiler is at work for this session: it counts for each anew.
	private void countSkipped() throws IOException {
		Matcher count = SKIPPED.matcher(this.profiler.execute(ProfilerCommand.METRICS));
		if (count.find()) {
			this.skipped = Long.parseLong(count.group(1));
		}
	}

	/**
	 * Whether the profiler still records to the file and there is room for it.
	 * @return whether this session goes on
	 * @throws IOException if the profiler does not answer
	 */
	boolean goesOn() throws IOException {
		return !this.ended && isRunning();
	}

	// Whether the profiler is at work for this session, rather than idle or for somebody
	// else's: it has the file open. Where that cannot be seen, the uptime must be ours,
	// and the file must not end in a complete chunk.
	private boolean isRunning() throws IOException {
		if (this.openFile != null) {
			return this.openFile.isOpen();
		}
		Matcher running = RUNNING.matcher(this.profiler.execute(ProfilerCommand.STATUS));
		long age = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.startedAt);
		return !this.ended && running.find() && Math.abs(Long.parseLong(running.group(1)) - age) <= UPTIME_TOLERANCE;
	}

	/**
	 * Say why the profiler no longer records to the file.
	 * @return the reason
	 * @throws IOException if the profiler does not answer
	 */
	String whyEnded() throws IOException {
		if (!Files.exists(this.file)) {
			return "Somebody deleted the recording " + this.file + ".";
		}
		return isRunning() ? "Nothing more is written to " + this.file + "." : "Somebody stopped the profiler.";
	}

	long size() {
		return this.position;
	}

	// So far: the profiler has buffers.
	long unread() throws IOException {
		return Files.size(this.file) - this.position;
	}

	void deleteFile() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			// the directory is deleted on close
		}
	}

	private List<ByteBuffer> newChunks() throws IOException {
		List<ByteBuffer> chunks = new ArrayList<>();
		if (!Files.exists(this.file)) {
			return chunks;
		}
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			ByteBuffer header = ByteBuffer.allocate(CHUNK_HEADER_SIZE);
			while (read(channel, header.clear(), this.position) == CHUNK_HEADER_SIZE) {
				if (header.getInt(0) != CHUNK_SIGNATURE) {
					throw new IOException("its end is missing");
				}
				if (header.getLong(CONSTANT_POOL_OFFSET) == 0) {
					break;
				}
				long size = header.getLong(SIZE_OFFSET);
				if (size < CHUNK_HEADER_SIZE || size > MAX_CHUNK_SIZE) {
					throw new IOException("a part has an impossible size");
				}
				ByteBuffer chunk = ByteBuffer.allocate((int) size);
				if (read(channel, chunk, this.position) < size) {
					throw new IOException("its end was cut off");
				}
				chunks.add(chunk.flip());
				this.position += size;
			}
			this.ended = this.position > 0 && this.position == channel.size();
		}
		return chunks;
	}

	private static int read(FileChannel channel, ByteBuffer target, long position) throws IOException {
		while (target.hasRemaining()) {
			if (channel.read(target, position + target.position()) <= 0) {
				break;
			}
		}
		return target.position();
	}

}
