package dev.profiled.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Pauses;
import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.request.RequestProfiler;

/**
 * Takes samples of elapsed time, if any are to be taken. Not thread-safe: the harvester's
 * thread's, but for {@link #interval()}, {@link #limits} and {@link #skipped()}.
 */
final class WallClock {

	private final WallOptions options;

	private final @Nullable ThreadSampler sampler;

	private final GcPauses pauses = new GcPauses();

	private final Safepoints safepoints = new Safepoints(JvmCounters.ofJvm());

	WallClock(WallOptions options) {
		this.options = options;
		this.sampler = options.isOn() ? new ThreadSampler(options, this.safepoints) : null;
		if (this.sampler != null) {
			this.sampler.start();
			this.pauses.start();
		}
	}

	boolean isOn() {
		return this.sampler != null;
	}

	void watch(RequestProfiler requests) {
		requests.watch(this.sampler);
	}

	void unwatch(RequestProfiler requests, List<RequestProfiler> others) {
		requests.watch(null);
		if (this.sampler != null) {
			this.sampler.forget();
			others.forEach(this::watch);
		}
	}

	void approximateCpu(boolean approximateCpu) {
		if (this.sampler != null) {
			this.sampler.readRunning(approximateCpu);
		}
	}

	int size() {
		return (this.sampler != null) ? this.sampler.size() : 0;
	}

	List<Sample> take() {
		return (this.sampler != null) ? this.sampler.take() : List.of();
	}

	Sampling sampling(boolean approximateCpu) {
		return isOn() ? new Sampling(true, approximateCpu, new Pauses(this.safepoints.with(this.pauses.latest())))
				: Sampling.CPU_ONLY;
	}

	/**
	 * Return the mean time between two looks at a thread.
	 * @return the time in ns, or 0 if none is looked at
	 */
	long interval() {
		return (this.sampler != null) ? this.sampler.interval() : 0;
	}

	/**
	 * Say in words what cannot be told.
	 * @param interval the interval in use, in ns
	 * @param fallback whether this is all there is
	 * @return the limits
	 */
	List<String> limits(long interval, boolean fallback) {
		return (this.sampler != null) ? WallLimits.describe(this.options, interval, fallback,
				this.sampler.hasSeenVirtualThreads(), this.safepoints.areKnown()) : List.of();
	}

	/**
	 * Return how many samples were lost.
	 * @return the number; never falls
	 */
	long skipped() {
		return (this.sampler != null) ? this.sampler.skipped() : 0;
	}

	void close() {
		if (this.sampler != null) {
			this.sampler.close();
			this.pauses.close();
		}
	}

}
