package dev.profiled.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.CollectorStatistics;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.RequestProfiler;

/**
 * The {@link ProfilerEngine} on async-profiler. One session stays armed for all requests;
 * nothing is started or stopped by a request. Several engines of one class loader share
 * the session, and the options of the first are used.
 */
public final class AsyncProfilerEngine implements ProfilerEngine {

	private final EngineOptions options;

	private final ProfilerLoader loader;

	private final Duration retry;

	private final HarvestClient client;

	private @Nullable Harvester harvester;

	private boolean closed;

	/**
	 * Create an engine. Nothing happens until {@link #start()}.
	 * @param options how the profiler runs
	 * @param requests the requests to profile
	 * @param repository where they are folded in
	 */
	public AsyncProfilerEngine(EngineOptions options, RequestProfiler requests, ProfileRepository repository) {
		this(options, requests, repository, ProfilerLoader.DEFAULT, Harvester.RETRY);
	}

	AsyncProfilerEngine(EngineOptions options, RequestProfiler requests, ProfileRepository repository,
			ProfilerLoader loader, Duration retry) {
		this.options = options;
		this.loader = loader;
		this.retry = retry;
		this.client = new HarvestClient(requests, repository);
	}

	@Override
	public synchronized void start() {
		if (this.harvester == null && !this.closed) {
			this.harvester = Harvester.join(this.options, this.loader, this.retry);
			this.harvester.add(this.client);
		}
	}

	@Override
	public EngineStatus status() {
		Harvester harvester = harvester();
		long interval = this.options.cpuInterval().toNanos();
		return (harvester != null) ? harvester.status()
				: new EngineStatus(EngineState.OFF, null, interval, interval, Map.of(), null, null, null, List.of());
	}

	@Override
	public EngineStatistics statistics() {
		Harvester harvester = harvester();
		HarvestStatistics harvests = (harvester != null) ? harvester.statistics() : HarvestStatistics.NONE;
		CollectorStatistics samples = this.client.statistics();
		return new EngineStatistics(harvests.harvests(), harvests.nanos(), harvests.failed(),
				samples.attributedSamples(), harvests.unattributed(), samples.discardedSamples(), harvests.skipped(),
				samples.inFlightRequests(), samples.inFlightSamples());
	}

	@Override
	public boolean harvest(Duration timeout) {
		Harvester harvester = harvester();
		return harvester != null && harvester.harvest(timeout);
	}

	@Override
	public ProcessCapture capture(String name, Duration longest, boolean recording) throws CaptureRefusedException {
		start();
		Harvester harvester = harvester();
		if (harvester == null) {
			throw new CaptureRefusedException(false, "The application is being closed.");
		}
		return harvester.captures().begin(name, longest, recording);
	}

	@Override
	public List<ProcessCapture> captures() {
		Harvester harvester = harvester();
		return (harvester != null) ? harvester.captures().all() : List.of();
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.client.gate().set(ProfilingGate.State.UNAVAILABLE);
		if (this.harvester != null) {
			Harvester.leave(this.harvester, this.client);
			this.harvester = null;
		}
	}

	private synchronized @Nullable Harvester harvester() {
		return this.harvester;
	}

}
