package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.awaitility.Awaitility;
import org.awaitility.pollinterval.FixedPollInterval;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.profiled.autoconfigure.ProfilingProperties;
import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.request.ProfiledEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Lock profiles of requests that measure how long they wait.
 */
@Tag("quiet")
class LockTruthIT {

	private volatile long blocked;

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void waitsHaveTheirLengthAndTheClassOfTheLock(Guard guard) throws InterruptedException {
		try (ProfiledWork app = app(Duration.ofMillis(1))) {
			CallTree tree = waitFor(guard, Duration.ofMillis(20), 50, app).tree();
			assertThat((double) tree.weight()).isCloseTo(this.blocked, within(0.05 * this.blocked));
			assertThat(leaves(tree)).containsExactly(Frame.type(guard.lockClass));
			assertThat(tree.frames()).contains(Frame.java(LockTruthIT.class.getName(), "serve"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void waitsShorterThanTheDefaultIntervalAddUp(Guard guard) throws InterruptedException {
		try (ProfiledWork app = app(new ProfilingProperties().getLock().getInterval())) {
			CallTree tree = waitFor(guard, Duration.ofMillis(5), 300, app).tree();
			assertThat(tree.samples()).isLessThan(300);
			assertThat((double) tree.weight()).isCloseTo(this.blocked, within(0.05 * this.blocked));
		}
	}

	@Test
	void aWaitLongerThanSeveralHarvestsIsThereOnce() throws InterruptedException {
		try (ProfiledWork app = app(Duration.ofMillis(1))) {
			ProfiledEndpoint endpoint = app.endpoint("waits");
			Holder holder = Holder.of(Guard.REENTRANT_LOCK);
			Thread request = request(app, endpoint, Guard.REENTRANT_LOCK);
			long harvests = app.engine().statistics().harvests();
			Awaitility.await().until(() -> app.harvested(() -> app.engine().statistics().harvests() > harvests + 3));
			assertThat(app.engine().statistics().inFlightRequests()).isOne();
			holder.release();
			request.join();
			long weight = app.profile("waits", ProfileEvent.LOCK).tree().weight();
			assertThat((double) weight).isCloseTo(this.blocked, within(0.05 * this.blocked));
			assertThat(app.profile("waits", ProfileEvent.LOCK).tree().weight()).isEqualTo(weight);
		}
	}

	private ProfiledWork app(Duration lockInterval) {
		return new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(20), 0, lockInterval, this.directory))
			.start();
	}

	private ProfileSnapshot waitFor(Guard guard, Duration wait, int requests, ProfiledWork app)
			throws InterruptedException {
		ProfiledEndpoint endpoint = app.endpoint("waits");
		for (int i = 0; i < requests; i++) {
			Holder holder = Holder.of(guard);
			Thread request = request(app, endpoint, guard);
			LockSupport.parkNanos(wait.toNanos());
			holder.release();
			request.join();
		}
		return app.profile("waits", ProfileEvent.LOCK);
	}

	// Returns when the request is blocked.
	private Thread request(ProfiledWork app, ProfiledEndpoint endpoint, Guard guard) {
		Thread request = new Thread(() -> app.request(endpoint, () -> serve(guard)));
		request.start();
		Awaitility.await()
			.pollInterval(FixedPollInterval.fixed(Duration.ofMillis(1)))
			.until(request::getState, (state) -> state == Thread.State.BLOCKED || state == Thread.State.WAITING);
		return request;
	}

	private void serve(Guard guard) {
		long begun = System.nanoTime();
		guard.run(() -> this.blocked += System.nanoTime() - begun);
	}

	private static Set<Frame> leaves(CallTree tree) {
		Set<Frame> leaves = new HashSet<>();
		for (int node = 1; node < tree.nodeCount(); node++) {
			if (tree.selfSamples(node) > 0) {
				leaves.add(tree.frame(node));
			}
		}
		return leaves;
	}

	/**
	 * A lock of one of the two kinds there are to the JVM.
	 */
	enum Guard {

		MONITOR(Inventory.class.getName()) {

			private final Inventory inventory = new Inventory();

			@Override
			void run(Runnable inside) {
				synchronized (this.inventory) {
					inside.run();
				}
			}

		},

		REENTRANT_LOCK("java.util.concurrent.locks.ReentrantLock$NonfairSync") {

			private final ReentrantLock lock = new ReentrantLock();

			@Override
			void run(Runnable inside) {
				this.lock.lock();
				try {
					inside.run();
				}
				finally {
					this.lock.unlock();
				}
			}

		};

		private final String lockClass;

		Guard(String lockClass) {
			this.lockClass = lockClass;
		}

		abstract void run(Runnable inside);

	}

	/**
	 * What a monitor belongs to.
	 */
	private static final class Inventory {

	}

	/**
	 * Holds a lock until it is told to release it.
	 */
	private static final class Holder {

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		static Holder of(Guard guard) throws InterruptedException {
			Holder holder = new Holder();
			new Thread(() -> guard.run(holder::hold)).start();
			holder.held.await();
			return holder;
		}

		private void hold() {
			this.held.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void release() {
			this.released.countDown();
		}

	}

}
