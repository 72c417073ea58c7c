package dev.profiled.engine;

/**
 * How many cores the process uses, which stand still when it is stopped. Not thread-safe.
 */
final class BusyCores {

	private long time = System.nanoTime();

	private long cpuTime = ProcessCpu.time();

	/**
	 * Return how many were used on average since the last call.
	 * @param now the time, of {@link System#nanoTime()}
	 * @return the number; 1 if it is less
	 */
	double busy(long now) {
		long cpuTime = ProcessCpu.time();
		double busy = (double) (cpuTime - this.cpuTime) / (now - this.time);
		this.cpuTime = cpuTime;
		this.time = now;
		return Math.max(1, busy);
	}

}
