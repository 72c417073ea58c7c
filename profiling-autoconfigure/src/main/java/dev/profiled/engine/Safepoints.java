package dev.profiled.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.profiled.attribution.Pause;
import dev.profiled.attribution.Pauses;

/**
 * The times in which the JVM stopped all threads, whatever for: by its counters how long,
 * and to a tick of the sampler when. Thread-safe, but for {@link #start} and
 * {@link #look}.
 */
final class Safepoints {

	/**
	 * From the moment when threads are told to stop.
	 */
	private static final String SAFEPOINTS = "sun.rt.safepointTime";

	/**
	 * Of that, until the last has stopped. Where cores are scarce it is mostly spent
	 * waiting for one.
	 */
	private static final String STOPPING = "sun.rt.safepointSyncTime";

	private static final String FREQUENCY = "sun.os.hrt.frequency";

	/**
	 * There may be many shorter ones, which together are little.
	 */
	private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(200);

	/**
	 * That of what the collectors' beans tell.
	 */
	private static final long GC_PRECISION = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Past it, the two oldest become one.
	 */
	private static final int CAPACITY = 1000;

	private final JvmCounters counters;

	private final Deque<Pause> stops = new ArrayDeque<>();

	private long counted;

	private long last;

	private long beforeLast;

	Safepoints(JvmCounters counters) {
		this.counters = counters;
	}

	/**
	 * Whether the JVM tells how long it stops threads.
	 * @return whether it does
	 */
	boolean areKnown() {
		return this.counters.value(FREQUENCY) > 0 && this.counters.has(SAFEPOINTS) && this.counters.has(STOPPING);
	}

	/**
	 * Forget what was before.
	 * @param now the time, of {@link System#nanoTime()}
	 */
	void start(long now) {
		this.counted = count();
		this.last = now;
		this.beforeLast = now;
	}

	/**
	 * Look how long threads were stopped since the last look. The JVM counts a stop when
	 * threads go on already: one that is longer than the time since then was before.
	 * @param now the time, of {@link System#nanoTime()}
	 */
	void look(long now) {
		long count = count();
		long stopped = count - this.counted;
		if (stopped > now - this.last && this.last != this.beforeLast) {
			add(this.beforeLast, this.last, stopped);
		}
		else {
			add(this.last, now, stopped);
		}
		this.counted = count;
		this.beforeLast = this.last;
		this.last = now;
	}

	/**
	 * Do not take what stopped threads since the last look for a pause: who asked for it
	 * knows better whom it has met.
	 * @param now the time, of {@link System#nanoTime()}
	 * @return for how long they were stopped, in ns
	 */
	long skip(long now) {
		long stopped = count() - this.counted;
		start(now);
		return stopped;
	}

	private void add(long start, long end, long stopped) {
		if (stopped >= SHORTEST) {
			add(new Pause(start, end, Math.min(stopped, end - start)));
		}
	}

	private synchronized void add(Pause stop) {
		if (this.stops.size() == CAPACITY) {
			Pause oldest = this.stops.removeFirst();
			Pause next = this.stops.removeFirst();
			this.stops.addFirst(new Pause(oldest.start(), next.end(), oldest.stopped() + next.stopped()));
		}
		this.stops.addLast(stop);
	}

	/**
	 * Return the collector's pauses and what else stopped threads.
	 * @param collections the collector's pauses
	 * @return all
	 */
	List<Pause> with(List<Pause> collections) {
		Pauses collecting = new Pauses(collections);
		List<Pause> all = new ArrayList<>(collections);
		for (Pause stop : latest()) {
			long collected = collecting.stopped(stop.start(), stop.end());
			long rest = stop.stopped() - collected;
			if (rest > ((collected > 0) ? GC_PRECISION : 0)) {
				all.add(new Pause(stop.start(), stop.end(), rest));
			}
		}
		return all;
	}

	private synchronized List<Pause> latest() {
		return List.copyOf(this.stops);
	}

	private long count() {
		return areKnown() ? Math.round((this.counters.value(SAFEPOINTS) - this.counters.value(STOPPING)) * 1e9
				/ this.counters.value(FREQUENCY)) : 0;
	}

}
