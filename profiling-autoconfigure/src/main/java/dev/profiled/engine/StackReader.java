package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the stacks of other threads. Before JDK 21 that stops all threads for a moment,
 * so that several are read at once; since then only the thread itself.
 */
final class StackReader {

	private static final boolean STOPS_ALL = Runtime.version().feature() < 21;

	/**
	 * How many are then read at once, so that the stop is short: 35 microseconds for
	 * each.
	 */
	private static final int BATCH = 16;

	/**
	 * That of {@link Thread#getStackTrace()}, unless {@code -XX:MaxJavaStackTraceDepth}
	 * says otherwise.
	 */
	private static final int MAX_DEPTH = 1024;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private long took;

	/**
	 * Return for how long stacks were read since the last call while all threads were
	 * stopped, or waited to be.
	 * @return the time in ns; 0 if none had to be stopped but those that were read
	 */
	long takeStopping() {
		long took = this.took;
		this.took = 0;
		return took;
	}

	/**
	 * Divide threads into those that are best read at once.
	 * @param threads the threads
	 * @return lists of them
	 */
	List<List<WatchedThread>> batches(List<WatchedThread> threads) {
		int size = STOPS_ALL ? BATCH : 1;
		List<List<WatchedThread>> batches = new ArrayList<>();
		for (int from = 0; from < threads.size(); from += size) {
			batches.add(threads.subList(from, Math.min(from + size, threads.size())));
		}
		return batches;
	}

	/**
	 * Read the stacks of a batch.
	 * @param batch the threads
	 * @return the stack of each, leaf first; without frames if the thread has ended
	 */
	StackTraceElement[][] read(List<WatchedThread> batch) {
		if (!STOPS_ALL) {
			return new StackTraceElement[][] { batch.get(0).thread().getStackTrace() };
		}
		long start = System.nanoTime();
		long[] ids = batch.stream().mapToLong((thread) -> thread.thread().getId()).toArray();
		ThreadInfo[] infos = this.threads.getThreadInfo(ids, MAX_DEPTH);
		this.took += System.nanoTime() - start;
		return Arrays.stream(infos)
			.map((info) -> (info != null) ? info.getStackTrace() : new StackTraceElement[0])
			.toArray(StackTraceElement[][]::new);
	}

}
