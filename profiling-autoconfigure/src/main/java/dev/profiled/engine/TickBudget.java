package dev.profiled.engine;

import java.util.concurrent.TimeUnit;

/**
 * How often threads can be looked at, so that it takes no more than a part of one core.
 * In advance of that comes once what {@value #ADVANCE_SECONDS} seconds allow: while code
 * is cold a look is several times as expensive, and the first requests are of interest.
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

	private static final long ADVANCE_SECONDS = 30;

	/**
	 * How many times the share is taken while all of the advance is left.
	 */
	private static final double HASTE = 5;

	private final long configured;

	private final double share;

	private final double advance;

	private double left;

	private double cost;

	private volatile long interval;

	TickBudget(long configured, double share) {
		this.configured = configured;
		this.share = share;
		this.advance = TimeUnit.SECONDS.toNanos(ADVANCE_SECONDS) * share;
		this.left = this.advance;
		this.interval = configured;
	}

	/**
	 * Tell what a tick has cost.
	 * @param nanos the CPU time, in ns
	 * @param since the time since the tick before, in ns
	 */
	void spent(long nanos, long since) {
		this.cost += LATEST * (nanos - this.cost);
		this.left = Math.max(0, this.left - Math.max(0, nanos - since * this.share));
		double haste = 1 + (HASTE - 1) * this.left / this.advance;
		this.interval = Math.min(Math.max(this.configured, Math.round(this.cost / (this.share * haste))),
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
