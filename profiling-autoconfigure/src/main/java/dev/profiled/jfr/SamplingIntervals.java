package dev.profiled.jfr;

import dev.profiled.attribution.Sample;

/**
 * At what intervals samples were taken, and so what each of them stands for: the weights
 * of many samples add up to what was really spent.
 *
 * @param cpu the CPU time between two samples of a thread, in ns
 * @param alloc the mean number of bytes between two samples of a thread's allocations; 0
 * if there are none
 * @param lock the blocked time of all threads between two samples, in ns; 0 if there are
 * none
 */
public record SamplingIntervals(long cpu, long alloc, long lock) {

	Sample weigh(Sample sample) {
		return sample.weighing(switch (sample.event()) {
			case CPU -> sample.weight() * this.cpu;
			case ALLOC -> allocated(sample.weight());
			// every wait of that length is sampled, of the shorter ones one in an
			// interval
			case LOCK -> Math.max(sample.weight(), this.lock);
			case WALL -> sample.weight();
		});
	}

	// The JVM leaves gaps between its samples that are distributed exponentially around
	// the interval, so that an object is hit with the probability 1 -
	// exp(-size/interval).
	private long allocated(long size) {
		return (this.alloc > 0) ? Math.round(size / -Math.expm1((double) -size / this.alloc)) : size;
	}

}
