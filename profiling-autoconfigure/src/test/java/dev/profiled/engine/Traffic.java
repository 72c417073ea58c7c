package dev.profiled.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that come all the time, one after the other, and must all succeed whatever
 * happens to the profiler.
 */
final class Traffic implements AutoCloseable {

	private static final Duration WORK = Duration.ofMillis(2);

	private static final Duration PAUSE = Duration.ofMillis(1);

	private final ProfiledWork app;

	private final ProfiledEndpoint endpoint;

	private final AtomicLong served = new AtomicLong();

	private final AtomicLong spent = new AtomicLong();

	private final Thread thread = new Thread(this::serve, "traffic");

	private volatile boolean ended;

	private volatile @Nullable Throwable failure;

	Traffic(ProfiledWork app, String endpoint) {
		this.app = app;
		this.endpoint = app.endpoint(endpoint);
		this.thread.start();
	}

	private void serve() {
		try {
			while (!this.ended) {
				this.app.request(this.endpoint, this::work);
				this.served.incrementAndGet();
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	private void work() {
		ProfiledWork.burn(ProfiledWork.cpuTime() + WORK.toNanos(), this.spent);
	}

	ProfiledEndpoint endpoint() {
		return this.endpoint;
	}

	long skipped(SkipReason reason) {
		return this.endpoint.skippedCount(reason);
	}

	/**
	 * Wait until requests have been served from now on.
	 */
	void goesOn() {
		long before = this.served.get();
		await(() -> this.served.get() > before + 20);
	}

	/**
	 * Wait until requests from now on are counted as skipped.
	 * @param reason the reason
	 */
	void isSkipped(SkipReason reason) {
		long before = skipped(reason);
		await(() -> skipped(reason) > before + 20);
	}

	/**
	 * Wait until requests from now on are profiled, and have samples.
	 */
	void isProfiled() {
		long requests = this.endpoint.profiledCount();
		long samples = this.app.engine().statistics().attributedSamples();
		await(() -> this.app.harvested(() -> this.endpoint.profiledCount() > requests + 20
				&& this.app.engine().statistics().attributedSamples() > samples));
	}

	private void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.failure != null || condition.call());
		assertThat(this.failure).isNull();
	}

	/**
	 * End the requests. None may have failed, and each must have been counted once if the
	 * profiler is at work.
	 */
	@Override
	public void close() {
		this.ended = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		assertThat(this.failure).isNull();
		assertThat(this.app.engine().harvest(Duration.ofSeconds(20))).isTrue();
		assertThat(counted()).isEqualTo(this.served.get());
	}

	private long counted() {
		return this.endpoint.profiledCount()
				+ Arrays.stream(SkipReason.values()).mapToLong(this.endpoint::skippedCount).sum();
	}

}
