package dev.profiled.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.profiled.attribution.Coverage;
import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.RequestProfiler;

/**
 * The application contexts that share a session. For the harvester's thread.
 */
final class HarvestClients {

	private static final System.Logger logger = System.getLogger(HarvestClients.class.getName());

	private final List<HarvestClient> clients = new CopyOnWriteArrayList<>();

	private boolean used;

	void add(HarvestClient client) {
		this.clients.add(client);
	}

	void remove(HarvestClient client) {
		this.clients.remove(client);
	}

	List<RequestProfiler> requests() {
		return this.clients.stream().map(HarvestClient::requests).toList();
	}

	void gate(ProfilingGate.State state) {
		this.clients.forEach((client) -> client.gate().set(state));
	}

	/**
	 * Follow the requests that have begun.
	 * @return how many have since the last {@link #distribute}, or were under way then
	 */
	long follow() {
		return this.clients.stream().mapToLong(HarvestClient::follow).sum();
	}

	/**
	 * Give samples to every context, and fold what has closed; what none of them claims
	 * belongs to nobody.
	 * @param samples the samples
	 * @param coverage when samples were taken
	 * @param start when the first chunk of the harvest began
	 * @param sampling what was sampled
	 * @return how many samples belong to nobody
	 */
	long distribute(List<Sample> samples, Coverage coverage, long start, Sampling sampling) {
		long epochOffset = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
		List<Sample> rest = samples;
		this.used = false;
		for (HarvestClient client : this.clients) {
			try {
				rest = client.attribute(rest, sampling.pauses());
				this.used |= client.settle(coverage, start, epochOffset, sampling);
			}
			catch (Throwable ex) {
				// must not cost the other contexts their samples
				logger.log(System.Logger.Level.WARNING, "The requests of an application could not be harvested", ex);
			}
		}
		return rest.size();
	}

	/**
	 * Whether there were requests before the last {@link #distribute}.
	 * @return whether there were
	 */
	boolean used() {
		return this.used;
	}

}
