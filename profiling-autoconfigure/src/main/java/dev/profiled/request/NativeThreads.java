package dev.profiled.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells what the operating system calls the current thread.
 */
final class NativeThreads {

	/**
	 * A link to {@code <process>/task/<thread>}, see proc(5); only Linux has it.
	 */
	private static final Path THREAD_SELF = Path.of("/proc/thread-self");

	private static final boolean KNOWN = Files.isSymbolicLink(THREAD_SELF);

	private NativeThreads() {
	}

	static long currentId() {
		if (!KNOWN) {
			return 0;
		}
		try {
			return Long.parseLong(Files.readSymbolicLink(THREAD_SELF).getFileName().toString());
		}
		catch (IOException | RuntimeException ex) {
			return 0;
		}
	}

}
