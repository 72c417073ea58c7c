package dev.profiled.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a CPU sample really stands for. With perf events that is the interval that was
 * asked for. Timers of the {@code ctimer} engine expire at a tick of the kernel, every 1
 * to 10 ms, and lost expirations are not reported: shorter intervals are measured, as the
 * CPU time of the process by its samples, over all sessions. Not thread-safe.
 */
final class CpuInterval {

	/**
	 * No kernel ticks more slowly.
	 */
	private static final long SLOWEST_TICK = 10_000_000;

	/**
	 * That of most kernels, assumed until enough was measured.
	 */
	private static final long USUAL_TICK = 4_000_000;

	private static final long MIN_SAMPLES = 100;

	private final long requested;

	private long measuredUntil;

	private long cpuTime;

	private long samples;

	private volatile long effective;

	CpuInterval(long requested) {
		this.requested = requested;
		this.effective = requested;
	}

	long nanos() {
		return this.effective;
	}

	// Samples are taken from now on.
	void begin() {
		this.measuredUntil = ProcessCpu.time();
	}

	// A chunk has just ended. To be called before it is read, which takes CPU time.
	void cut() {
		long now = ProcessCpu.time();
		this.cpuTime += now - this.measuredUntil;
		this.measuredUntil = now;
	}

	/**
	 * Learn from the samples of all threads.
	 * @param engine what takes the samples, if that is known
	 * @param samples how many the chunk holds
	 */
	void sampled(@Nullable String engine, long samples) {
		this.samples += samples;
		if ("ctimer".equals(engine) && this.requested < SLOWEST_TICK) {
			boolean measured = this.samples >= MIN_SAMPLES && this.cpuTime > 0;
			this.effective = Math.max(this.requested, measured ? this.cpuTime / this.samples : USUAL_TICK);
		}
	}

}
