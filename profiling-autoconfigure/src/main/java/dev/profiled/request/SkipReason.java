package dev.profiled.request;

import java.util.Locale;

/**
 * Why a request of a profiled endpoint was not profiled.
 */
public enum SkipReason {

	/**
	 * No place was free, or it was other endpoints' turn.
	 */
	BUSY,

	/**
	 * The profiler session was being armed, or was interrupted, while it ran.
	 */
	ARMING,

	/**
	 * The profiler cannot run.
	 */
	UNAVAILABLE,

	/**
	 * It ran on a virtual thread, whose samples cannot be told from others', and threads
	 * are not looked at.
	 */
	VIRTUAL_THREAD,

	/**
	 * It went on asynchronously.
	 */
	ASYNC,

	/**
	 * Its thread served more requests than are remembered between two harvests, its end
	 * was never seen, or the repository failed to take it.
	 */
	LOST;

	/**
	 * Return the name used in answers and meters.
	 * @return the name, in lower case with dashes
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
