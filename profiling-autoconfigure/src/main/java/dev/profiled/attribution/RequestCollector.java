package dev.profiled.attribution;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.RequestCost;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.UnsampledTime;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.SkipReason;

/**
 * Gathers samples per request and folds each request into the repository when it has
 * closed, since only then its latency is known. Samples that arrive later, up to one
 * harvest, are added to it. Requests that samples may be missing for are counted as
 * {@link SkipReason#ARMING} and not folded; those that the repository fails to take, as
 * {@link SkipReason#LOST}. For one thread, the harvester.
 */
public final class RequestCollector {

	private static final System.Logger logger = System.getLogger(RequestCollector.class.getName());

	private final SampleAttributor attributor = new SampleAttributor();

	private final ProfileRepository repository;

	private volatile CollectorStatistics statistics = new CollectorStatistics(0, 0, 0, 0);

	private long attributed;

	private long discarded;

	private @Nullable Long previousChunkStart;

	private boolean repositoryFailed;

	/**
	 * Create a collector.
	 * @param repository where requests are folded in
	 */
	public RequestCollector(ProfileRepository repository) {
		this.repository = repository;
	}

	/**
	 * Follow a request.
	 * @param window its window, later than any of its thread before
	 */
	public void add(RequestWindow window) {
		this.attributor.add(window);
	}

	/**
	 * Give samples to the requests they belong to.
	 * @param samples the samples
	 * @param pauses when the JVM had stopped all threads
	 * @return those that belong to none
	 */
	public List<Sample> attribute(List<Sample> samples, Pauses pauses) {
		List<Sample> rest = this.attributor.attribute(samples, pauses);
		this.attributed += samples.size() - rest.size();
		return rest;
	}

	/**
	 * Fold what has closed into the repository.
	 * @param coverage when samples were taken
	 * @param chunkStart when the chunk that was read last began; events of a chunk may
	 * carry times before it, but none before the one before
	 * @param epochOffset what to add to {@link System#nanoTime()} to get ns since the
	 * epoch
	 * @param sampling what was sampled
	 * @return whether there are requests under way
	 */
	public boolean settle(Coverage coverage, long chunkStart, long epochOffset, Sampling sampling) {
		Long horizon = this.previousChunkStart;
		UnderWay underWay = new UnderWay();
		this.attributor.removeIf((request) -> {
			settle(request, coverage, epochOffset, sampling);
			underWay.add(request);
			return horizon != null && request.isSettled() && request.window().end() - horizon < 0;
		});
		this.previousChunkStart = chunkStart;
		this.statistics = new CollectorStatistics(this.attributed, this.discarded, underWay.requests, underWay.samples);
		return underWay.requests > 0;
	}

	private void settle(TrackedRequest request, Coverage coverage, long epochOffset, Sampling sampling) {
		RequestWindow window = request.window();
		RequestWindow.State state = window.state();
		if (state == RequestWindow.State.OPEN) {
			return;
		}
		boolean addition = request.isSettled();
		if (!addition) {
			boolean covered = coverage.contains(window.start(), window.end());
			request.settle(!covered || state != RequestWindow.State.CLOSED);
			switch (state) {
				case ASYNC -> window.endpoint().skipped(SkipReason.ASYNC);
				case LOST -> window.endpoint().skipped(SkipReason.LOST);
				default -> {
					if (!covered) {
						window.endpoint().skipped(SkipReason.ARMING);
					}
				}
			}
		}
		if (!addition || request.sampleCount() > 0) {
			fold(request, addition, epochOffset, sampling);
		}
	}

	private void fold(TrackedRequest request, boolean addition, long epochOffset, Sampling sampling) {
		RequestWindow window = request.window();
		long samples = request.sampleCount();
		StackCounts counts = request.takeSamples();
		RequestCost cost = window.isMeasured() ? new RequestCost(window.cpuTime(), window.allocatedBytes()) : null;
		UnsampledTime unsampled = null;
		if (sampling.waits() && !request.isDiscarded()) {
			long paused = addition ? 0 : sampling.pauses().stopped(window.start(), window.end());
			unsampled = ElapsedTime.unsampled(window, counts, addition, cost, paused - request.takePausedWaiting());
		}
		RequestProfile profile = new RequestProfile(window.generation(), (window.end() + epochOffset) / 1_000_000,
				window.end() - window.start(), addition, counts, cost, unsampled,
				sampling.approximateCpu() || window.onVirtualThread());
		if (request.isDiscarded() || !record(window, profile)) {
			this.discarded += samples;
		}
		else if (!addition) {
			window.endpoint().profiled();
		}
	}

	// The repository may be the application's own.
	private boolean record(RequestWindow window, RequestProfile profile) {
		try {
			return this.repository.record(window.endpoint().name(), profile);
		}
		catch (RuntimeException | LinkageError ex) {
			if (!profile.addition()) {
				window.endpoint().skipped(SkipReason.LOST);
			}
			if (!this.repositoryFailed) {
				this.repositoryFailed = true;
				logger.log(System.Logger.Level.WARNING,
						"The profile repository failed, so that requests are lost. This is logged once.", ex);
			}
			return false;
		}
	}

	/**
	 * Return what was counted up to the last {@link #settle}. For any thread.
	 * @return the statistics
	 */
	public CollectorStatistics statistics() {
		return this.statistics;
	}

	/**
	 * The requests under way, counted.
	 */
	private static final class UnderWay {

		private long requests;

		private long samples;

		void add(TrackedRequest request) {
			if (request.window().state() == RequestWindow.State.OPEN) {
				this.requests++;
				this.samples += request.sampleCount();
			}
		}

	}

}
