package dev.profiled.engine;

import java.util.concurrent.TimeUnit;

/**
 * How many cores the process uses, which stand still when it is stopped. Not thread-safe.
 */
final class BusyCores {

	/**
	 * Asking takes as long as half a look at a thread.
	 */
	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private double busy = 1;

	private long time = System.nanoTime();

	private long cpuTime = ProcessCpu.time();

	/**
	 * Return how many were used on average in the last second or more.
	 * @param now the time, of {@link System#nanoTime()}
	 * @return the number; 1 if it is less
	 */
	double busy(long now) {
		if (now - this.time >= INTERVAL) {
			long cpuTime = ProcessCpu.time();
			this.busy = Math.max(1, (double) (cpuTime - this.cpuTime) / (now - this.time));
			this.cpuTime = cpuTime;
			this.time = now;
		}
		return this.busy;
	}

}
