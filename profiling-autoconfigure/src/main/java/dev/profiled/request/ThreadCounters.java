package dev.profiled.request;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's counters of what the current thread has spent. Reading both costs some 0.6
 * microseconds. Virtual threads have none. Thread-safe.
 */
public final class ThreadCounters {

	/**
	 * Stands for a value that is not known.
	 */
	static final long UNKNOWN = -1;

	/**
	 * Counters that know nothing, and cost nothing.
	 */
	public static final ThreadCounters NONE = new ThreadCounters(null);

	private final @Nullable ThreadMXBean threads;

	private ThreadCounters(@Nullable ThreadMXBean threads) {
		this.threads = threads;
	}

	/**
	 * Return the counters of this JVM.
	 * @return the counters, or {@link #NONE} if it does not count both CPU time and
	 * allocated bytes
	 */
	public static ThreadCounters ofJvm() {
		boolean counts = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
				&& threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
				&& threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled();
		return counts ? new ThreadCounters((ThreadMXBean) ManagementFactory.getThreadMXBean()) : NONE;
	}

	long cpuTime() {
		return (this.threads != null) ? this.threads.getCurrentThreadCpuTime() : UNKNOWN;
	}

	long allocatedBytes(long threadId) {
		return (this.threads != null) ? this.threads.getThreadAllocatedBytes(threadId) : UNKNOWN;
	}

}
