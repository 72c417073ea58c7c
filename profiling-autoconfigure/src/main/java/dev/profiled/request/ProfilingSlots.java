package dev.profiled.request;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places for requests that are profiled at the same time. A request finds a free
 * place or goes unprofiled; it never waits.
 * <p>
 * An endpoint whose last request found no place is called waiting, for as long as it
 * takes until one finds a place. So that a rarely called endpoint does not starve beside
 * hot ones:
 * <ul>
 * <li>After a request that held one of {@code n} places for some time while {@code w}
 * other endpoints were waiting, its endpoint pauses for {@code (w + 2) / n} times as
 * long, counted from when the request began. That keeps some part of the time free for
 * whoever comes, however rarely. Endpoints that were not called for a minute count as one
 * together.</li>
 * <li>An endpoint leaves the last free place, once, to one that is waiting, had its turn
 * longer ago, and has been turned away since the endpoint itself last asked. So endpoints
 * that are always called together take turns.</li>
 * </ul>
 * Where nobody is waiting, nobody is held up.
 * <p>
 * Thread-safe, lock-free.
 */
public final class ProfilingSlots {

	/**
	 * The longest time an endpoint pauses after its last request.
	 */
	private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);

	/**
	 * For how long an endpoint that waits counts for itself.
	 */
	private static final long LATELY = TimeUnit.MINUTES.toNanos(1);

	/**
	 * How often those that wait are looked at.
	 */
	private static final long COUNT_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private final int places;

	private final ProfiledEndpoints endpoints;

	private final AtomicInteger free;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicLong countedAt = new AtomicLong();

	private volatile int waitingLately;

	/**
	 * Create the places.
	 * @param places how many there are
	 * @param endpoints the endpoints that share them
	 */
	public ProfilingSlots(int places, ProfiledEndpoints endpoints) {
		this.places = places;
		this.endpoints = endpoints;
		this.free = new AtomicInteger(places);
	}

	boolean tryAcquire(ProfiledEndpoint endpoint, long now) {
		ProfiledEndpoint.Turn turn = endpoint.turn;
		if (turn.isPaused(now)) {
			return false;
		}
		if (isOthersTurn(turn, now) || !takePlace()) {
			turn.refused = now;
			if (!turn.waiting.get() && turn.waiting.compareAndSet(false, true)) {
				this.waiting.incrementAndGet();
			}
			return false;
		}
		turn.served = now;
		if (turn.waiting.get() && turn.waiting.compareAndSet(true, false)) {
			this.waiting.decrementAndGet();
		}
		return true;
	}

	private boolean isOthersTurn(ProfiledEndpoint.Turn turn, long now) {
		if (turn.served == ProfiledEndpoint.Turn.NEVER || this.free.get() != 1 || countWaiting(turn) == 0) {
			return false;
		}
		long asked = turn.asked();
		for (ProfiledEndpoint endpoint : this.endpoints.all()) {
			ProfiledEndpoint.Turn other = endpoint.turn;
			if (other.isWaiting() && !other.isPaused(now) && ProfiledEndpoint.Turn.isBefore(asked, other.refused)
					&& ProfiledEndpoint.Turn.isBefore(other.served, turn.served)) {
				return true;
			}
		}
		return false;
	}

	private boolean takePlace() {
		for (int free = this.free.get(); free > 0; free = this.free.get()) {
			if (this.free.compareAndSet(free, free - 1)) {
				return true;
			}
		}
		return false;
	}

	void release(ProfiledEndpoint endpoint, long since, long now) {
		if (countWaiting(endpoint.turn) > 0) {
			long share = (now - since) * (countWaitingLately(now) + 2) / this.places;
			endpoint.turn.next.accumulateAndGet(share, (next, pause) -> {
				long from = ProfiledEndpoint.Turn.isBefore(next, since) ? since : next;
				return (from + pause - now > LONGEST_PAUSE) ? now + LONGEST_PAUSE : from + pause;
			});
		}
		this.free.incrementAndGet();
	}

	// Other endpoints than that of the turn.
	private int countWaiting(ProfiledEndpoint.Turn turn) {
		return this.waiting.get() - (turn.isWaiting() ? 1 : 0);
	}

	// At least one, if any is waiting at all.
	private int countWaitingLately(long now) {
		long countedAt = this.countedAt.get();
		long age = now - countedAt;
		if ((age < 0 || age >= COUNT_INTERVAL) && this.countedAt.compareAndSet(countedAt, now)) {
			int count = 0;
			for (ProfiledEndpoint endpoint : this.endpoints.all()) {
				count += (endpoint.turn.isWaiting() && now - endpoint.turn.refused < LATELY) ? 1 : 0;
			}
			this.waitingLately = count;
		}
		return Math.max(1, this.waitingLately);
	}

	/**
	 * Return how many places are taken.
	 * @return the number of requests being profiled
	 */
	public int taken() {
		return this.places - this.free.get();
	}

}
