package dev.profiled.engine;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.ServingThread;
import dev.profiled.request.Timeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadInspector}: of a thread whose request ends while it is looked
 * at.
 */
class ThreadInspectorTests {

	private static final long INTERVAL = 10_000_000;

	private final List<Sample> samples = new ArrayList<>();

	private final ThreadInspector inspector = new ThreadInspector(WaitRules.of(Map.of()), this.samples::add);

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void endWork() {
		this.end.countDown();
	}

	@Test
	void aWaitThatLastsHasItsStack() throws Exception {
		look(waiting(), Integer.MAX_VALUE);
		assertThat(this.samples).singleElement()
			.satisfies((sample) -> assertThat(sample.stack().toString()).contains("ThreadInspectorTests")
				.endsWith("[pool]"));
	}

	@Test
	void aWaitThatWasOverBeforeItsStackWasReadCountsAllTheSame() throws Exception {
		long before = System.nanoTime();
		Thread thread = waiting();
		// when it is asked whether it serves, and when it was seen to wait
		look(thread, 2);
		assertThat(this.samples).singleElement().satisfies((sample) -> {
			assertThat(sample.event()).isEqualTo(ProfileEvent.WALL);
			assertThat(sample.threadId()).isEqualTo(thread.getId());
			assertThat(sample.weight()).isEqualTo(INTERVAL);
			assertThat(sample.time()).isBetween(before, System.nanoTime());
			assertThat(sample.stack()).hasToString("[broken stack];[other wait]");
		});
	}

	@Test
	void aWaitForAMonitorIsKnownToBeThatWithoutItsStack() throws Exception {
		Object monitor = new Object();
		synchronized (monitor) {
			Thread thread = new Thread(() -> {
				synchronized (monitor) {
					// had to wait
				}
			});
			look(started(thread, Thread.State.BLOCKED), 2);
		}
		assertThat(this.samples).singleElement()
			.satisfies((sample) -> assertThat(sample.stack()).hasToString("[broken stack];[lock]"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aWaitInTheSystemIsKnownByItsCallWithoutItsStack() throws Exception {
		AtomicLong id = new AtomicLong();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
			Thread thread = started(new Thread(() -> {
				id.set(SystemCallsTests.currentThreadId());
				SystemCallsTests.read(client::getInputStream);
			}), Thread.State.RUNNABLE);
			SystemCallsTests.awaitWaiting(id);
			look(thread, 2, id::get);
		}
		assertThat(this.samples).singleElement()
			.satisfies((sample) -> assertThat(sample.stack()).hasToString("[broken stack];[socket I/O]"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThreadThatTheJvmHadStoppedHasNotWaited() throws Exception {
		AtomicLong stopped = new AtomicLong();
		Thread futex = new Thread(() -> {
			stopped.set(SystemCallsTests.currentThreadId());
			LockSupport.park();
		});
		futex.setDaemon(true);
		futex.start();
		SystemCallsTests.awaitWaiting(stopped);
		Thread runnable = started(new Thread(() -> {
			while (this.end.getCount() > 0) {
				Thread.onSpinWait();
			}
		}), Thread.State.RUNNABLE);
		look(runnable, Integer.MAX_VALUE, () -> {
			// it goes on, and its stack is no longer what it was
			end(runnable);
			return stopped.get();
		});
		LockSupport.unpark(futex);
		assertThat(this.samples).isEmpty();
	}

	@Test
	void aWaitThatMayHaveBegunAfterTheRequestIsNobodys() throws Exception {
		look(waiting(), 1);
		assertThat(this.samples).isEmpty();
	}

	private Thread waiting() {
		return started(new Thread(() -> {
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}), Thread.State.WAITING);
	}

	private static Thread started(Thread thread, Thread.State state) {
		thread.setDaemon(true);
		thread.start();
		Awaitility.await().until(thread::getState, (reached) -> reached == state);
		return thread;
	}

	private void end(Thread thread) {
		endWork();
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void look(Thread thread, int answers) {
		look(thread, answers, () -> 0);
	}

	private void look(Thread thread, int answers, LongSupplier nativeId) {
		WatchedThread watched = new WatchedThread(new Serving(thread, answers, nativeId));
		assertThat(watched.isServing()).isTrue();
		this.inspector.inspect(List.of(watched), INTERVAL, false);
	}

	/**
	 * Serves a request that ends when it has been asked for it so many times.
	 */
	private static final class Serving implements ServingThread {

		private final RequestWindow window = Timeline.open(new ProfiledEndpoint("orders", () -> 0), 1, 0);

		private final Thread thread;

		private final LongSupplier nativeId;

		private int answers;

		Serving(Thread thread, int answers, LongSupplier nativeId) {
			this.thread = thread;
			this.answers = answers;
			this.nativeId = nativeId;
		}

		@Override
		public Thread thread() {
			return this.thread;
		}

		@Override
		public boolean isVirtual() {
			return false;
		}

		@Override
		public long nativeId() {
			return this.nativeId.getAsLong();
		}

		@Override
		public @Nullable RequestWindow openWindow() {
			return (this.answers-- > 0) ? this.window : null;
		}

		@Override
		public int openedWindows() {
			return 1;
		}

	}

}
