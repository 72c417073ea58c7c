package dev.profiled.attribution;

import dev.profiled.profile.Frame;
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

	private StackCounts samples = new StackCounts();

	private boolean settled;

	private boolean discarded;

	TrackedRequest(RequestWindow window) {
		this.window = window;
	}

	RequestWindow window() {
		return this.window;
	}

	void add(Sample sample) {
		boolean fits = this.samples.stacks() < MAX_STACKS || this.samples.contains(sample.event(), sample.stack());
		this.samples.add(sample.event(), fits ? sample.stack() : TRUNCATED, 1, sample.weight());
	}

	StackCounts takeSamples() {
		StackCounts taken = this.samples;
		this.samples = new StackCounts();
		return taken;
	}

	long sampleCount() {
		return this.samples.samples();
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
