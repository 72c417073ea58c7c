package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeThreadStates}.
 */
class NativeThreadStatesTests {

	private final NativeThreadStates states = new NativeThreadStates();

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void closeFiles() {
		this.end.countDown();
		this.states.close();
	}

	@Test
	void aThreadThatIsNotThereOrNotKnownHasNone() {
		assertThat(this.states.of(0)).isEqualTo(NativeThreadState.UNKNOWN);
		assertThat(this.states.of(Integer.MAX_VALUE)).isEqualTo(NativeThreadState.UNKNOWN);
		assertThat(this.states.openFiles()).isZero();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatIsToldIsTheStateOfTheMoment() throws Exception {
		AtomicLong id = new AtomicLong();
		Thread thread = start(id);
		AtomicLong running = new AtomicLong();
		start(() -> {
			running.set(SystemCallsTests.currentThreadId());
			while (this.end.getCount() > 0) {
				Thread.onSpinWait();
			}
		});
		Awaitility.await().until(() -> running.get() != 0);
		Awaitility.await().until(() -> this.states.of(id.get()).activity() == NativeThreadState.Activity.WAITING);
		assertThat(this.states.of(running.get())).isEqualTo(NativeThreadState.RUNNABLE);
		assertThat(this.states.openFiles()).isEqualTo(2);

		this.end.countDown();
		thread.join();
		Awaitility.await().until(() -> this.states.of(id.get()) == NativeThreadState.UNKNOWN);
		Awaitility.await().until(() -> this.states.of(running.get()) == NativeThreadState.UNKNOWN);
		assertThat(this.states.openFiles()).as("those of threads that have ended are closed").isZero();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void notMoreThanSomeFilesAreOpen() {
		List<AtomicLong> ids = IntStream.range(0, 300).mapToObj((i) -> new AtomicLong()).toList();
		ids.forEach(this::start);
		Awaitility.await().until(() -> ids.stream().allMatch((id) -> id.get() != 0));
		for (int round = 0; round < 2; round++) {
			assertThat(ids)
				.allSatisfy((id) -> assertThat(this.states.of(id.get())).isNotEqualTo(NativeThreadState.UNKNOWN));
			assertThat(this.states.openFiles()).isEqualTo(256);
			assertThat(openFiles()).isEqualTo(256);
		}

		this.states.close();
		assertThat(this.states.openFiles()).isZero();
		assertThat(openFiles()).isZero();
	}

	private Thread start(AtomicLong id) {
		return start(() -> {
			id.set(SystemCallsTests.currentThreadId());
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	private static Thread start(Runnable work) {
		Thread thread = new Thread(work);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static long openFiles() {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.filter(NativeThreadStatesTests::isOfThread).count();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isOfThread(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().matches("/proc/\\d+/task/\\d+/(syscall|stat)");
		}
		catch (IOException ex) {
			// closed meanwhile
			return false;
		}
	}

}
