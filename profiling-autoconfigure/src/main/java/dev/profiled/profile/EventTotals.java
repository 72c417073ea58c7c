package dev.profiled.profile;

/**
 * The samples of one event.
 *
 * @param samples the number of samples
 * @param weight their weight, in the unit of the event
 */
public record EventTotals(long samples, long weight) {

	static final EventTotals NONE = new EventTotals(0, 0);

	EventTotals plus(EventTotals other) {
		return new EventTotals(this.samples + other.samples, this.weight + other.weight);
	}

}
