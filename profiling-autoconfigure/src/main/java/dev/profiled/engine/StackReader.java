package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * Reads the stacks of other threads. Before JDK 21 that stops all threads for a moment,
 * so that several are read at once; since then only the thread itself.
 */
final class StackReader {

	private static final boolean STOPS_ALL = Runtime.version().feature() < 21;

	/**
	 * How many are read at once, so that the stop is short: 35 microseconds for each.
	 */
	private static final int BATCH = 16;

	/**
	 * That of {@link Thread#getStackTrace()}, unless {@code -XX:MaxJavaStackTraceDepth}
	 * says otherwise.
	 */
	private static final int MAX_DEPTH = 1024;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	// of one stack; what took longer had to wait for a core
	private long fastest = Long.MAX_VALUE;

	private long stopped;

	/**
	 * Return how long all threads must have been stopped since the last call: what that
	 * costs is not in the CPU time of the thread that reads.
	 * @return the time in ns
	 */
	long takeStopped() {
		long stopped = this.stopped;
		this.stopped = 0;
		return stopped;
	}

	/**
	 * Read stacks.
	 * @param threads the threads
	 * @return the stack of each, leaf first; without frames if the thread has ended
	 */
	StackTraceElement[][] read(List<WatchedThread> threads) {
		StackTraceElement[][] stacks = new StackTraceElement[threads.size()][];
		if (!STOPS_ALL) {
			for (int i = 0; i < stacks.length; i++) {
				stacks[i] = threads.get(i).thread().getStackTrace();
			}
			return stacks;
		}
		long start = System.nanoTime();
		for (int from = 0; from < stacks.length; from += BATCH) {
			long[] ids = new long[Math.min(BATCH, stacks.length - from)];
			for (int i = 0; i < ids.length; i++) {
				ids[i] = threads.get(from + i).thread().getId();
			}
			ThreadInfo[] infos = this.threads.getThreadInfo(ids, MAX_DEPTH);
			for (int i = 0; i < ids.length; i++) {
				stacks[from + i] = (infos[i] != null) ? infos[i].getStackTrace() : new StackTraceElement[0];
			}
		}
		this.fastest = Math.min(this.fastest, (System.nanoTime() - start) / stacks.length);
		this.stopped += this.fastest * stacks.length;
		return stacks;
	}

}
