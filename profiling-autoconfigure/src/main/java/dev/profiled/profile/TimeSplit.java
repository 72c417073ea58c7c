package dev.profiled.profile;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the elapsed time of requests went.
 *
 * @param requests the number of requests whose waits were sampled
 * @param elapsed their elapsed time, in ns
 * @param nanos that time by category; categories without any are left out
 */
public record TimeSplit(long requests, long elapsed, Map<TimeCategory, Long> nanos) {

	/**
	 * Stands for no request whose waits were sampled.
	 */
	public static final TimeSplit NONE = new TimeSplit(0, 0, Map.of());

	public TimeSplit {
		nanos = Map.copyOf(nanos);
	}

	/**
	 * Return the time of a category.
	 * @param category the category
	 * @return the time of all requests together, in ns
	 */
	public long nanos(TimeCategory category) {
		return this.nanos.getOrDefault(category, 0L);
	}

	/**
	 * Return all of it as answers give it: {@code requests} and {@code elapsed}, then the
	 * time of each category by its name.
	 * @return the figures, in that order
	 */
	public Map<String, Long> figures() {
		Map<String, Long> figures = new LinkedHashMap<>();
		figures.put("requests", this.requests);
		figures.put("elapsed", this.elapsed);
		for (TimeCategory category : TimeCategory.values()) {
			figures.put(category.id(), nanos(category));
		}
		return figures;
	}

	static TimeSplit of(long requests, long elapsed, long[] byCategory) {
		Map<TimeCategory, Long> nanos = new EnumMap<>(TimeCategory.class);
		for (TimeCategory category : TimeCategory.values()) {
			if (byCategory[category.ordinal()] > 0) {
				nanos.put(category, byCategory[category.ordinal()]);
			}
		}
		return new TimeSplit(requests, elapsed, nanos);
	}

}
