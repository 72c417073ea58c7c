package dev.profiled.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks for the states of threads, again and again: on Linux their files are kept open,
 * since opening one takes several times as long as reading it. Not thread-safe.
 */
final class NativeThreadStates {

	/**
	 * Of files that are open. With more threads some are opened each time.
	 */
	private static final int MAX_FILES = 256;

	/**
	 * This tells more than {@code stat}, in less time. Some kernels do not have it.
	 */
	private static final boolean HAS_CALLS = Files.isReadable(Path.of("/proc/thread-self/syscall"));

	private static final String FILE = HAS_CALLS ? "syscall" : "stat";

	private final Map<Long, RandomAccessFile> files = new LinkedHashMap<>(16, 0.75f, true);

	private final byte[] content = new byte[128];

	/**
	 * Return the state of a thread.
	 * @param nativeId the operating system's id of the thread, or 0 if it is not known
	 * @return the state
	 */
	NativeThreadState of(long nativeId) {
		if (nativeId == 0) {
			return NativeThreadState.UNKNOWN;
		}
		try {
			RandomAccessFile file = this.files.computeIfAbsent(nativeId, NativeThreadStates::open);
			file.seek(0);
			int length = file.read(this.content);
			NativeThreadState state = HAS_CALLS ? NativeThreadState.ofCall(this.content, length)
					: NativeThreadState.ofStat(this.content, length);
			if (this.files.size() > MAX_FILES) {
				close(this.files.keySet().iterator().next());
			}
			return state;
		}
		catch (UncheckedIOException | IOException ex) {
			// it has ended
			close(nativeId);
			return NativeThreadState.UNKNOWN;
		}
	}

	private static RandomAccessFile open(long nativeId) {
		try {
			return new RandomAccessFile("/proc/self/task/" + nativeId + "/" + FILE, "r");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void close(long nativeId) {
		RandomAccessFile file = this.files.remove(nativeId);
		if (file != null) {
			close(file);
		}
	}

	private static void close(RandomAccessFile file) {
		try {
			file.close();
		}
		catch (IOException ex) {
			// nothing was written
		}
	}

	/**
	 * Close the files.
	 */
	void close() {
		this.files.values().forEach(NativeThreadStates::close);
		this.files.clear();
	}

	/**
	 * Return how many files are open.
	 * @return the number
	 */
	int openFiles() {
		return this.files.size();
	}

}
