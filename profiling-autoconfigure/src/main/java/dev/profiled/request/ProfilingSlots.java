package dev.profiled.request;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for requests that are profiled at the same time. A request finds a free
 * place or goes unprofiled; it never waits.
 * <p>
 * So that a rarely called endpoint does not starve beside a hot one, endpoints take turns
 * as soon as places are scarce. Of {@code n} places and {@code m} endpoints that were
 * called lately, each may hold {@code n / (m + 1)} places on average: after a request
 * that held a place for some time, its endpoint leaves the places to others for
 * {@code (m + 1) / n} times as long, counted from when the request began. That keeps at
 * least one part in {@code m + 1} free for whoever comes, however rarely. An endpoint
 * that is alone, or places that were never all taken, are not affected.
 * <p>
 * Thread-safe, lock-free.
 */
public final class ProfilingSlots {

	/**
	 * An epoch is 2^36 ns, about 69 s.
	 */
	private static final int EPOCH_BITS = 36;

	/**
	 * For how many epochs a call and a refusal are remembered: some ten minutes.
	 */
	private static final int EPOCHS = 9;

	/**
	 * The longest time an endpoint is kept waiting after its last request.
	 */
	private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);

	private final int places;

	private final ProfiledEndpoints endpoints;

	private final AtomicInteger free;

	private volatile long scarceEpoch = ProfiledEndpoint.Turn.NEVER;

	private volatile int active;

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
		long epoch = now >> EPOCH_BITS;
		if (endpoint.turn.epoch != epoch) {
			endpoint.turn.epoch = epoch;
			this.active = countActive(epoch);
		}
		long next = endpoint.turn.next.get();
		if (next != ProfiledEndpoint.Turn.NEVER && now - next < 0 && isScarce(epoch)) {
			return false;
		}
		for (int places = this.free.get(); places > 0; places = this.free.get()) {
			if (this.free.compareAndSet(places, places - 1)) {
				return true;
			}
		}
		if (this.scarceEpoch != epoch) {
			this.scarceEpoch = epoch;
		}
		return false;
	}

	void release(ProfiledEndpoint endpoint, long since, long now) {
		this.free.incrementAndGet();
		if (isScarce(now >> EPOCH_BITS)) {
			long share = (now - since) * (this.active + 1) / this.places;
			endpoint.turn.next.accumulateAndGet(share, (next, pause) -> {
				long from = (next == ProfiledEndpoint.Turn.NEVER || since - next > 0) ? since : next;
				return (from + pause - now > LONGEST_PAUSE) ? now + LONGEST_PAUSE : from + pause;
			});
		}
	}

	/**
	 * Return how many places are taken.
	 * @return the number of requests being profiled
	 */
	public int taken() {
		return this.places - this.free.get();
	}

	private boolean isScarce(long epoch) {
		return this.active > 1 && remembered(this.scarceEpoch, epoch);
	}

	private int countActive(long epoch) {
		int count = 0;
		for (ProfiledEndpoint endpoint : this.endpoints.all()) {
			if (remembered(endpoint.turn.epoch, epoch)) {
				count++;
			}
		}
		return count;
	}

	private static boolean remembered(long then, long epoch) {
		return then != ProfiledEndpoint.Turn.NEVER && then >= epoch - EPOCHS;
	}

}
