package dev.profiled.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * For how long the JVM had stopped all threads between any two times. Immutable.
 */
public final class Pauses {

	/**
	 * It never stopped them.
	 */
	public static final Pauses NONE = new Pauses(List.of());

	// In their order.
	private final long[] times;

	// For how long threads were stopped until then; in between it rises evenly.
	private final double[] stopped;

	/**
	 * Create it.
	 * @param pauses the pauses, in any order; where two overlap, both count
	 */
	public Pauses(List<Pause> pauses) {
		List<Change> changes = new ArrayList<>();
		for (Pause pause : pauses) {
			double length = pause.end() - pause.start();
			if (length > 0) {
				changes.add(new Change(pause.start(), pause.stopped() / length));
				changes.add(new Change(pause.end(), -pause.stopped() / length));
			}
		}
		changes.sort((one, other) -> Long.signum(one.time - other.time));
		this.times = new long[changes.size()];
		this.stopped = new double[changes.size()];
		double rate = 0;
		for (int i = 0; i < this.times.length; i++) {
			this.times[i] = changes.get(i).time;
			this.stopped[i] = (i > 0) ? this.stopped[i - 1] + rate * (this.times[i] - this.times[i - 1]) : 0;
			rate += changes.get(i).rate;
		}
	}

	/**
	 * Return for how long threads were stopped: in a part of a pause as long as is to be
	 * expected, if it is not known when in that pause they were.
	 * @param from when the time begins, of {@link System#nanoTime()}
	 * @param until when it ends
	 * @return the time in ns
	 */
	public long stopped(long from, long until) {
		return Math.round(until(until) - until(from));
	}

	private double until(long time) {
		int next = firstAfter(time);
		if (next == 0) {
			return 0;
		}
		double before = this.stopped[next - 1];
		if (next == this.times.length) {
			return before;
		}
		double part = (double) (time - this.times[next - 1]) / (this.times[next] - this.times[next - 1]);
		return before + part * (this.stopped[next] - before);
	}

	private int firstAfter(long time) {
		int low = 0;
		int high = this.times.length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.times[middle] - time <= 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * From when on how much of the time is spent stopped, more than before.
	 */
	private record Change(long time, double rate) {

	}

}
