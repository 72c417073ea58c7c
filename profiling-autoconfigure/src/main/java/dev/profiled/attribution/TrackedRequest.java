package dev.profiled.attribution;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;
import dev.profiled.request.RequestWindow;

/**
 * A request and the samples that were found to belong to it. Bounded: past
 * {@value #MAX_STACKS} distinct stacks others are merged into a truncated one. Not
 * thread-safe.
 */
final class TrackedRequest {

	private static final int MAX_STACKS = 20_000;

	private static final StackTrace TRUNCATED = StackTrace.of(Frame.TRUNCATED);

	private final RequestWindow window;

	// most requests are shorter than the time between two samples and have none
	private @Nullable StackCounts samples;

	private long pausedWaiting;

	private boolean settled;

	private boolean discarded;

	TrackedRequest(RequestWindow window) {
		this.window = window;
	}

	RequestWindow window() {
		return this.window;
	}

	void add(Sample sample, Pauses pauses) {
		StackCounts samples = this.samples;
		if (samples == null) {
			samples = new StackCounts();
			this.samples = samples;
		}
		boolean fits = samples.stacks() < MAX_STACKS || samples.contains(sample.event(), sample.stack());
		samples.add(sample.event(), fits ? sample.stack() : TRUNCATED, 1, sample.weight());
		if (sample.event() == ProfileEvent.WALL) {
			this.pausedWaiting += pauses.stopped(sample.time() - sample.weight(), sample.time());
		}
	}

	StackCounts takeSamples() {
		StackCounts taken = this.samples;
		this.samples = null;
		return (taken != null) ? taken : new StackCounts();
	}

	/**
	 * Return for how long the JVM had stopped all threads while this one was waiting, by
	 * samples that were added since the last call.
	 * @return the time in ns
	 */
	long takePausedWaiting() {
		long taken = this.pausedWaiting;
		this.pausedWaiting = 0;
		return taken;
	}

	long sampleCount() {
		return (this.samples != null) ? this.samples.samples() : 0;
	}

	/**
	 * Whether its window tells all there is: it was closed by a platform thread, is
	 * inside of no other, and there are no samples.
	 * @return whether it does
	 */
	boolean isBare() {
		return this.samples == null && this.pausedWaiting == 0 && this.window.outer() == null
				&& !this.window.onVirtualThread() && this.window.state() == RequestWindow.State.CLOSED;
	}

	boolean isSettled() {
		return this.settled;
	}

	boolean isDiscarded() {
		return this.discarded;
	}

	void settle(boolean discard) {
		this.settled = true;
		this.discarded = discard;
	}

}
