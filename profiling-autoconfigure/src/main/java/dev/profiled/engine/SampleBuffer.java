package dev.profiled.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.profiled.attribution.Sample;

/**
 * Samples between one thread that takes them and one that harvests them. Bounded: what
 * does not fit is counted.
 */
final class SampleBuffer {

	private static final int CAPACITY = 100_000;

	private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private volatile long skipped;

	// For one thread.
	void add(Sample sample) {
		if (this.size.get() >= CAPACITY) {
			this.skipped++;
			return;
		}
		this.samples.add(sample);
		this.size.incrementAndGet();
	}

	int size() {
		return this.size.get();
	}

	List<Sample> take() {
		List<Sample> taken = new ArrayList<>();
		for (Sample sample = this.samples.poll(); sample != null; sample = this.samples.poll()) {
			taken.add(sample);
			this.size.decrementAndGet();
		}
		return taken;
	}

	/**
	 * Return how many samples did not fit.
	 * @return the number; never falls
	 */
	long skipped() {
		return this.skipped;
	}

}
