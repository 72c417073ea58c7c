package dev.profiled.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a harvest is worth what it takes: with thousands of threads more than 10 ms,
 * whatever it brings. All times are of {@link System#nanoTime()}. Not thread-safe.
 */
final class HarvestSchedule {

	/**
	 * Of requests that have begun, or of looks at threads, and worth a harvest.
	 */
	static final int MANY = 5000;

	/**
	 * However few requests there were, but not without any.
	 */
	private static final long RAREST = TimeUnit.MINUTES.toNanos(1);

	private final long interval;

	private final long idleTimeout;

	private long considered;

	private long harvested;

	private long used;

	HarvestSchedule(Duration interval, Duration idleTimeout, long now) {
		this.interval = interval.toNanos();
		this.idleTimeout = idleTimeout.toNanos();
		this.considered = now;
		this.harvested = now;
		this.used = now;
	}

	void harvested(long now) {
		this.harvested = now;
	}

	/**
	 * Tell that there were requests, or that there are to be.
	 * @param now the time
	 */
	void used(long now) {
		this.used = now;
	}

	/**
	 * Return whether there was no harvest since then.
	 * @param time the time
	 * @return whether there was none
	 */
	boolean isBefore(long time) {
		return this.harvested - time < 0;
	}

	/**
	 * Return whether it is time to consider a harvest, which it is then not for an
	 * interval.
	 * @param armed since when samples are taken
	 * @param now the time
	 * @return whether it is
	 */
	boolean isTime(long armed, long now) {
		if (now - this.considered < this.interval && !isBefore(armed)) {
			return false;
		}
		this.considered = now;
		return true;
	}

	/**
	 * Return whether a harvest is worth it. The first after arming always is, so that the
	 * status can tell what takes the samples.
	 * @param requests how many have begun since the last harvest, or were under way then
	 * @param looks how many looks at threads there are to take
	 * @param armed since when samples are taken
	 * @param now the time
	 * @return whether it is
	 */
	boolean isDue(long requests, long looks, long armed, long now) {
		boolean late = requests > 0 && now - this.harvested >= RAREST;
		return requests >= MANY || looks >= MANY || late || isBefore(armed);
	}

	/**
	 * Return whether there were no requests for so long that the session may end.
	 * @param now the time
	 * @return whether there were none
	 */
	boolean isIdle(long now) {
		return now - this.used > this.idleTimeout;
	}

}
