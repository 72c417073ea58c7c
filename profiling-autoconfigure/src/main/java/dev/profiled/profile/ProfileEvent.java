package dev.profiled.profile;

import java.util.Locale;

/**
 * What is sampled.
 */
public enum ProfileEvent {

	/**
	 * Time on a processor; weights are nanoseconds.
	 */
	CPU("ns"),

	/**
	 * Elapsed time, on a processor or not; weights are nanoseconds.
	 */
	WALL("ns"),

	/**
	 * Allocated memory; weights are bytes, and the leaf is the allocated type.
	 */
	ALLOC("bytes"),

	/**
	 * Time blocked by a lock; weights are nanoseconds, and the leaf is the class of the
	 * lock.
	 */
	LOCK("ns");

	private final String unit;

	ProfileEvent(String unit) {
		this.unit = unit;
	}

	/**
	 * Return the name used in parameters and answers.
	 * @return the name, in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the unit of a sample's weight.
	 * @return {@code ns} or {@code bytes}
	 */
	public String unit() {
		return this.unit;
	}

}
