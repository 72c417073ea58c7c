package dev.profiled.profile;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What all threads of the process did between two moments.
 *
 * @param start when that began
 * @param length how long it was, in ns
 * @param samples the samples of all events
 * @param gaps whether samples are missing, since the profiler was interrupted meanwhile
 */
public record ProcessProfile(Instant start, long length, StackCounts samples, boolean gaps) {

	/**
	 * Return the events that have samples.
	 * @return the events, in their order
	 */
	public List<ProfileEvent> events() {
		Set<ProfileEvent> events = EnumSet.noneOf(ProfileEvent.class);
		this.samples.forEach((event, stack, count, weight) -> events.add(event));
		return List.copyOf(events);
	}

}
