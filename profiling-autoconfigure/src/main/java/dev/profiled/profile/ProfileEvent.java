package dev.profiled.profile;

import java.util.Locale;

/**
 * What is sampled.
 */
public enum ProfileEvent {

	/**
	 * Time on a processor; weights are nanoseconds.
	 */
	CPU("ns");

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
	 * @return {@code ns}
	 */
	public String unit() {
		return this.unit;
	}

}
