package dev.profiled.engine;

import java.util.concurrent.TimeUnit;

/**
 * How often threads can be looked at, so that it takes no more than a part of one core.
 * What was not spent in the last {@value #SAVING_SECONDS} seconds is saved, and spent
 * first: while code is cold a look is several times as expensive, and the first requests
 * are of interest. For one thread, but for {@link #interval()}.
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

	private static final long SAVING_SECONDS = 30;

	/**
	 * How many times the share may be taken while all is saved that can be.
	 */
	private static final double HASTE = 5;

	private final long configured;

	private final double share;

	private final double most;

	private double saved;

	private double cost;

	private volatile long interval;

	TickBudget(long configured, double share) {
		this.configured = configured;
		this.share = share;
		this.most = TimeUnit.SECONDS.toNanos(SAVING_SECONDS) * share;
		this.saved = this.most;
		this.interval = configured;
	}

	/**
	 * Tell what a tick has cost.
	 * @param nanos the CPU time, in ns
	 * @param since the time since the tick before, in ns
	 */
	void spent(long nanos, long since) {
		this.cost += LATEST * (nanos - this.cost);
		save(since * this.share - nanos);
		double haste = 1 + (HASTE - 1) * this.saved / this.most;
		this.interval = Math.min(Math.max(this.configured, Math.round(this.cost / (this.share * haste))),
				Math.max(LONGEST, this.configured));
	}

	/**
	 * Tell that there were no ticks.
	 * @param nanos for how long, in ns
	 */
	void rested(long nanos) {
		save(nanos * this.share);
	}

	private void save(double nanos) {
		this.saved = Math.min(Math.max(0, this.saved + nanos), this.most);
	}

	/**
	 * Return the mean time between two ticks.
	 * @return the time in ns
	 */
	long interval() {
		return this.interval;
	}

}
