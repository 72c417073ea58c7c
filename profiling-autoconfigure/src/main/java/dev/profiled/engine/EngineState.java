package dev.profiled.engine;

import java.util.Locale;

/**
 * Where the profiler session stands.
 */
public enum EngineState {

	/**
	 * Nothing is to be profiled: no native library is loaded and no thread runs.
	 */
	OFF,

	/**
	 * The library is being loaded or the session being armed.
	 */
	ARMING,

	/**
	 * Samples are being taken.
	 */
	ARMED,

	/**
	 * The profiler cannot run now, or another is at work; until it can, threads are
	 * looked at by the JVM's own means, so that what takes CPU time is known roughly.
	 */
	FALLBACK,

	/**
	 * No profiled endpoint was called for a while; the next request arms the session.
	 */
	IDLE,

	/**
	 * Another profiler is at work; the session is armed when that has ended.
	 */
	SUSPENDED,

	/**
	 * The profiler cannot run now. What can heal is tried again.
	 */
	UNAVAILABLE;

	/**
	 * Return the name used in answers and meters.
	 * @return the name, in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
