package dev.profiled.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.MeasuredCost;

/**
 * What the profiler does, and every profiled endpoint. Times are in ns, moments in ISO
 * 8601.
 *
 * @param schema the version of this answer
 * @param profiler the profiler
 * @param operations what may be done with this endpoint: {@code read}, {@code reset}
 * @param samples the samples of the whole application since it started
 * @param inFlight what was under way when samples were last collected
 * @param notRegistered the endpoints for which there was no room
 * @param latencyBuckets the division of latencies behind the percentiles
 * @param endpoints the profiled endpoints
 */
public record FlameGraphIndex(int schema, Profiler profiler, List<String> operations, Samples samples,
		InFlight inFlight, int notRegistered, String latencyBuckets,
		List<Endpoint> endpoints) implements OperationResponseBody {

	/**
	 * The profiler.
	 *
	 * @param state where its session stands
	 * @param engine what takes CPU samples, once known
	 * @param requestedInterval the interval between CPU samples that was asked for
	 * @param interval the real interval
	 * @param intervals the intervals in use, by event, in ns or bytes; what is not
	 * sampled is left out
	 * @param kernelFrames whether stacks show the kernel's frames, once known
	 * @param message why the profiler does not run, if it does not
	 * @param advice what to do about that, if anything
	 * @param limits what makes profiles coarser than they could be
	 */
	public record Profiler(String state, @Nullable String engine, long requestedInterval, long interval,
			Map<String, Long> intervals, @Nullable Boolean kernelFrames, @Nullable String message,
			@Nullable String advice, List<String> limits) {
	}

	/**
	 * The samples of the whole application.
	 *
	 * @param attributed those of profiled requests
	 * @param unattributed those of threads that served none
	 * @param discarded those of requests that could not be counted
	 * @param skipped those that the profiler could not take
	 */
	public record Samples(long attributed, long unattributed, long discarded, long skipped) {
	}

	/**
	 * What was under way when samples were last collected.
	 *
	 * @param requests the profiled requests
	 * @param samples their samples
	 */
	public record InFlight(long requests, long samples) {
	}

	/**
	 * A profiled endpoint.
	 *
	 * @param name its name
	 * @param handlers its handler methods
	 * @param patterns its HTTP methods and path patterns
	 * @param requests its requests
	 * @param events its samples by event
	 * @param split where the elapsed time of its requests went, in ns: {@code requests}
	 * and {@code elapsed}, then by category; if waits were sampled
	 * @param measured what its requests cost, if that was measured
	 * @param approximateRequests the requests whose CPU samples are approximate
	 * @param latency the latencies of its profiled requests, if there are any
	 * @param truncatedSamples the samples whose stack was cut off by a bound
	 * @param stacks the number of distinct stacks
	 * @param firstProfiled when the first profiled request ended
	 * @param lastProfiled when the latest profiled request ended
	 * @param links its flame graph by format, relative to this answer
	 */
	public record Endpoint(String name, Collection<String> handlers, Collection<String> patterns, Requests requests,
			Map<String, Event> events, @Nullable Map<String, Long> split, @Nullable MeasuredCost measured,
			long approximateRequests, @Nullable LatencySummary latency, long truncatedSamples, int stacks,
			@Nullable String firstProfiled, @Nullable String lastProfiled, Map<String, String> links) {
	}

	/**
	 * The requests of an endpoint.
	 *
	 * @param profiled those that were profiled
	 * @param skipped those that were not, by reason
	 */
	public record Requests(long profiled, Map<String, Long> skipped) {
	}

	/**
	 * The samples of an event.
	 *
	 * @param samples the number of samples
	 * @param weight their weight
	 * @param unit the unit of the weight
	 */
	public record Event(long samples, long weight, String unit) {
	}

}
