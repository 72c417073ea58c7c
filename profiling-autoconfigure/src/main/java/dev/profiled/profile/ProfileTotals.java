package dev.profiled.profile;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The sums over all requests of a profile. Not thread-safe.
 */
final class ProfileTotals {

	private final long[] samples = new long[ProfileEvent.values().length];

	private final long[] weights = new long[ProfileEvent.values().length];

	private final long[] byCategory = new long[TimeCategory.values().length];

	// what of the time on a processor no sample fell into
	private long unsampled;

	private long requests;

	private long elapsed;

	private long measuredRequests;

	private long cpuTime;

	private long sampledCpuTime;

	private long allocatedBytes;

	private long sampledBytes;

	private long approximate;

	void addRequest(RequestProfile request) {
		RequestCost cost = request.cost();
		if (cost != null) {
			this.measuredRequests++;
			this.cpuTime += cost.cpuTime();
			this.allocatedBytes += cost.allocatedBytes();
		}
		if (request.unsampled() != null) {
			this.requests++;
			this.elapsed += request.latency();
		}
		this.approximate += request.approximate() ? 1 : 0;
	}

	void addSamples(RequestProfile request, ProfileEvent event, StackTrace stack, long samples, long weight) {
		this.samples[event.ordinal()] += samples;
		this.weights[event.ordinal()] += weight;
		if (request.cost() != null) {
			this.sampledCpuTime += (event == ProfileEvent.CPU) ? weight : 0;
			this.sampledBytes += (event == ProfileEvent.ALLOC) ? weight : 0;
		}
		TimeCategory category = category(event, stack);
		if (request.unsampled() != null && category != null) {
			this.byCategory[category.ordinal()] += weight;
		}
	}

	void addUnsampled(TimeCategory category, long nanos) {
		this.weights[ProfileEvent.WALL.ordinal()] += nanos;
		this.byCategory[category.ordinal()] += nanos;
		this.unsampled += (category == TimeCategory.CPU) ? nanos : 0;
	}

	private static @Nullable TimeCategory category(ProfileEvent event, StackTrace stack) {
		return switch (event) {
			case CPU -> TimeCategory.CPU;
			case WALL -> TimeCategory.of(stack.frame(stack.depth() - 1));
			case ALLOC, LOCK -> null;
		};
	}

	boolean hasWaits() {
		return this.requests > 0;
	}

	// Approximate samples cannot tell a thread that runs from one that waits for a core:
	// together they must not weigh more CPU time than there was.
	double scale(ProfileEvent event) {
		boolean tooMuch = event == ProfileEvent.CPU && this.approximate > 0 && this.sampledCpuTime > this.cpuTime;
		return tooMuch ? (double) this.cpuTime / this.sampledCpuTime : 1;
	}

	// Elapsed time is that on a processor and that of waits. What is known only as a
	// difference may be negative, and is left out then, as in the call tree.
	Map<ProfileEvent, EventTotals> events() {
		Map<ProfileEvent, EventTotals> events = new EnumMap<>(ProfileEvent.class);
		for (ProfileEvent event : ProfileEvent.values()) {
			if (this.samples[event.ordinal()] > 0 || this.weights[event.ordinal()] != 0) {
				events.put(event, new EventTotals(this.samples[event.ordinal()], this.weights[event.ordinal()]));
			}
		}
		double scale = scale(ProfileEvent.CPU);
		events.computeIfPresent(ProfileEvent.CPU,
				(event, totals) -> new EventTotals(totals.samples(), Math.round(totals.weight() * scale)));
		if (hasWaits()) {
			long negative = Math.min(0, this.unsampled) + Math.min(0, this.byCategory[TimeCategory.CORE.ordinal()]);
			events.merge(ProfileEvent.WALL, new EventTotals(0, -negative), EventTotals::plus);
			events.merge(ProfileEvent.WALL, events.getOrDefault(ProfileEvent.CPU, EventTotals.NONE), EventTotals::plus);
		}
		return events;
	}

	TimeSplit split() {
		return TimeSplit.of(this.requests, this.elapsed, this.byCategory);
	}

	MeasuredCost measured() {
		return new MeasuredCost(this.measuredRequests, this.cpuTime,
				Math.round(this.sampledCpuTime * scale(ProfileEvent.CPU)), this.allocatedBytes, this.sampledBytes);
	}

	long approximate() {
		return this.approximate;
	}

}
