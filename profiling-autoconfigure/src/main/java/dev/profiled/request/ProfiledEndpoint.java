package dev.profiled.request;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What the request side knows of an endpoint: its name, the current generation of its
 * profile, how many of its requests were profiled and skipped, and when it has its turn.
 * Thread-safe.
 */
public final class ProfiledEndpoint {

	private final String name;

	private final IntSupplier generation;

	private final LongAdder profiled = new LongAdder();

	private final LongAdder underWay = new LongAdder();

	private final Map<SkipReason, LongAdder> skipped = new EnumMap<>(SkipReason.class);

	private volatile Map<SkipReason, Long> skippedBeforeReset = Map.of();

	final Turn turn = new Turn();

	/**
	 * Create an endpoint.
	 * @param name its name
	 * @param generation the current generation of its profile; must not block
	 */
	public ProfiledEndpoint(String name, IntSupplier generation) {
		this.name = name;
		this.generation = generation;
		for (SkipReason reason : SkipReason.values()) {
			this.skipped.put(reason, new LongAdder());
		}
	}

	/**
	 * Return the name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	int generation() {
		return this.generation.getAsInt();
	}

	void opened() {
		this.underWay.increment();
	}

	void ended() {
		this.underWay.decrement();
	}

	/**
	 * Return how many requests are being profiled now.
	 * @return the number of open windows
	 */
	public long underWay() {
		return this.underWay.sum();
	}

	/**
	 * Count a request that was profiled.
	 */
	public void profiled() {
		this.profiled.increment();
	}

	/**
	 * Count a request that was not profiled.
	 * @param reason the reason
	 */
	public void skipped(SkipReason reason) {
		adder(reason).increment();
	}

	/**
	 * Return how many requests were profiled since the application started.
	 * @return the number of requests; never falls
	 */
	public long profiledCount() {
		return this.profiled.sum();
	}

	/**
	 * Return how many requests were not profiled since the application started.
	 * @param reason the reason
	 * @return the number of requests; never falls
	 */
	public long skippedCount(SkipReason reason) {
		return adder(reason).sum();
	}

	/**
	 * Return how many requests were not profiled since the last {@link #reset()}.
	 * @return the number of requests by reason, reasons that never occurred left out
	 */
	public Map<SkipReason, Long> skippedSinceReset() {
		Map<SkipReason, Long> before = this.skippedBeforeReset;
		Map<SkipReason, Long> since = new EnumMap<>(SkipReason.class);
		this.skipped.forEach((reason, count) -> {
			long requests = count.sum() - before.getOrDefault(reason, 0L);
			if (requests > 0) {
				since.put(reason, requests);
			}
		});
		return since;
	}

	/**
	 * Let {@link #skippedSinceReset()} begin anew.
	 */
	public void reset() {
		Map<SkipReason, Long> now = new EnumMap<>(SkipReason.class);
		this.skipped.forEach((reason, count) -> now.put(reason, count.sum()));
		this.skippedBeforeReset = now;
	}

	private LongAdder adder(SkipReason reason) {
		LongAdder adder = this.skipped.get(reason);
		if (adder == null) {
			throw new IllegalArgumentException("'reason' must be known but was " + reason);
		}
		return adder;
	}

	/**
	 * The endpoint's share of the places, kept by {@link ProfilingSlots}.
	 */
	static final class Turn {

		/**
		 * Stands for a time before any other.
		 */
		static final long NEVER = Long.MIN_VALUE;

		/**
		 * The moment from which the endpoint may take a place again.
		 */
		final AtomicLong next = new AtomicLong(NEVER);

		/**
		 * When it last took a place.
		 */
		volatile long served = NEVER;

		/**
		 * When it last left without a place, other than in its own pause.
		 */
		volatile long refused = NEVER;

		/**
		 * Whether its last request left without a place.
		 */
		final AtomicBoolean waiting = new AtomicBoolean();

		boolean isPaused(long now) {
			long next = this.next.get();
			return next != NEVER && now - next < 0;
		}

		boolean isWaiting() {
			return this.waiting.get();
		}

		long asked() {
			return isWaiting() ? this.refused : this.served;
		}

		static boolean isBefore(long time, long other) {
			return time == NEVER || time - other < 0;
		}

	}

}
