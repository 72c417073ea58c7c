package dev.profiled.engine;

import java.util.List;

import dev.profiled.attribution.CollectorStatistics;
import dev.profiled.attribution.Coverage;
import dev.profiled.attribution.Pauses;
import dev.profiled.attribution.RequestCollector;
import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.RequestProfiler;

/**
 * The requests of one application context. Everything but {@link #statistics()} and
 * {@link #gate()} is done by the harvester's thread.
 */
final class HarvestClient {

	private final RequestProfiler requests;

	private final RequestCollector collector;

	// since the last settlement
	private long begun;

	HarvestClient(RequestProfiler requests, ProfileRepository repository) {
		this.requests = requests;
		this.collector = new RequestCollector(repository);
	}

	RequestProfiler requests() {
		return this.requests;
	}

	ProfilingGate gate() {
		return this.requests.gate();
	}

	CollectorStatistics statistics() {
		return this.collector.statistics();
	}

	/**
	 * Follow the requests that have begun.
	 * @return how many have since the last {@link #settle}, or were under way then
	 */
	long follow() {
		this.requests.drain((window) -> {
			this.collector.add(window);
			this.begun++;
		});
		return this.begun + this.collector.statistics().inFlightRequests();
	}

	/**
	 * Give samples to the requests they belong to. The windows are taken after the
	 * samples were: a window that is not there yet has none of them.
	 * @param samples the samples
	 * @param pauses when the JVM had stopped all threads
	 * @return those that belong to none
	 */
	List<Sample> attribute(List<Sample> samples, Pauses pauses) {
		follow();
		return this.collector.attribute(samples, pauses);
	}

	/**
	 * Fold what has closed.
	 * @param coverage when samples were taken
	 * @param chunkStart when the first chunk of the harvest began
	 * @param epochOffset from {@link System#nanoTime()} to ns since the epoch
	 * @param sampling what was sampled
	 * @return whether there were requests since the last time, or are still
	 */
	boolean settle(Coverage coverage, long chunkStart, long epochOffset, Sampling sampling) {
		boolean begun = this.begun > 0;
		this.begun = 0;
		return this.collector.settle(coverage, chunkStart, epochOffset, sampling) || begun;
	}

}
