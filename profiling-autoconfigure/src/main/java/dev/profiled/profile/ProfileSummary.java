package dev.profiled.profile;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an endpoint's profile without its stacks. Immutable.
 *
 * @param endpoint the endpoint
 * @param generation the number of resets so far
 * @param latency the latencies of its profiled requests, and their number
 * @param events the samples by event
 * @param split where the elapsed time went
 * @param measured the measured cost
 * @param approximateRequests the requests whose CPU samples are approximate
 * @param truncatedSamples the samples whose stack was cut off by a bound
 * @param stacks the number of distinct stacks held
 * @param firstProfiled when the first profiled request ended, if there is one
 * @param lastProfiled when the latest profiled request ended, if there is one
 */
public record ProfileSummary(Endpoint endpoint, int generation, LatencySummary latency,
		Map<ProfileEvent, EventTotals> events, TimeSplit split, MeasuredCost measured, long approximateRequests,
		long truncatedSamples, int stacks, @Nullable Instant firstProfiled, @Nullable Instant lastProfiled) {

	public ProfileSummary {
		events = Map.copyOf(events);
	}

	/**
	 * Return the samples of an event.
	 * @param event the event
	 * @return its totals, zero if there is none
	 */
	public EventTotals totals(ProfileEvent event) {
		return this.events.getOrDefault(event, EventTotals.NONE);
	}

}
