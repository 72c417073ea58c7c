package dev.profiled.engine;

import java.util.concurrent.TimeUnit;

/**
 * How often threads can be looked at, so that it takes no more than a part of one core.
 * For one thread, but for {@link #interval()}.
 */
final class TickBudget {

	/**
	 * However expensive it is.
	 */
	private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

	/**
	 * The weight of the latest tick in the average cost.
	 */
	private static final double LATEST = 0.1;

	private final long configured;

	private final double share;

	private double cost;

	private volatile long interval;

	TickBudget(long configured, double share) {
		this.configured = configured;
		this.share = share;
		this.interval = configured;
	}

	void spent(long nanos) {
		this.cost += LATEST * (nanos - this.cost);
		this.interval = Math.min(Math.max(this.configured, Math.round(this.cost / this.share)),
				Math.max(LONGEST, this.configured));
	}

	/**
	 * Return the mean time between two ticks.
	 * @return the time in ns
	 */
	long interval() {
		return this.interval;
	}

}
