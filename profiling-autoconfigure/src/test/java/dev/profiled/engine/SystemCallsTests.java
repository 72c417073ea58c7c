package dev.profiled.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.TimeCategory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemCalls}, of threads that wait in them.
 */
class SystemCallsTests {

	private final NativeThreadStates states = new NativeThreadStates();

	private final AtomicLong id = new AtomicLong();

	@AfterEach
	void closeFiles() {
		this.states.close();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThreadThatReadsFromASocketWaitsForThat() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
			start(() -> read(client::getInputStream));
			assertThat(category()).isEqualTo(TimeCategory.SOCKET);
			assertThat(this.states.of(this.id.get()).isStopped()).isFalse();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThreadThatReadsFromASocketWithATimeoutDoesSoByAnotherCall() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
			client.setSoTimeout(60_000);
			start(() -> read(client::getInputStream));
			assertThat(category()).isEqualTo(TimeCategory.SOCKET);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThreadThatReadsFromAFileWaitsForThat(@TempDir Path directory) throws Exception {
		Path pipe = directory.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		start(() -> read(() -> Files.newInputStream(pipe)));
		assertThat(category()).as("until somebody writes to it").isEqualTo(TimeCategory.FILE);
		Files.writeString(pipe, "end");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatTheJvmWaitsForItselfIsSomethingElse() {
		CountDownLatch end = new CountDownLatch(1);
		start(() -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(category()).isEqualTo(TimeCategory.OTHER);
		assertThat(this.states.of(this.id.get()).isStopped()).as("unless the JVM says that it waits").isTrue();
		end.countDown();
	}

	@Test
	void aDescriptorThatIsClosedOrNoneIsSomethingElse() {
		String read = System.getProperty("os.arch").equals("aarch64") ? "63" : "0";
		assertThat(SystemCalls.category(read + " 0x7ffffff 0x0")).isEqualTo(TimeCategory.OTHER);
		assertThat(SystemCalls.category(read + " 0xffffffffffffff9c 0x0")).isEqualTo(TimeCategory.OTHER);
		assertThat(SystemCalls.category(read)).isEqualTo(TimeCategory.OTHER);
		assertThat(SystemCalls.category("-1 0x7ffca8d87a38 0x7fa20d7252ad")).isEqualTo(TimeCategory.OTHER);
		assertThat(SystemCalls.category("")).isEqualTo(TimeCategory.OTHER);
		assertThat(SystemCalls.isOfJvm("")).isFalse();
	}

	@Test
	void numbersAreThoseOfTheArchitecture() {
		Map<String, String> amd64 = SystemCalls.read("amd64");
		Map<String, String> aarch64 = SystemCalls.read("aarch64");
		assertThat(amd64).containsEntry("0", "descriptor").containsEntry("7", "socket").containsEntry("257", "file");
		assertThat(aarch64).containsEntry("63", "descriptor").containsEntry("73", "socket").containsEntry("56", "file");
		assertThat(amd64).containsEntry("202", "jvm").doesNotContainKey("-");
		assertThat(aarch64).containsEntry("98", "jvm").doesNotContainKey("-");
		assertThat(amd64.values())
			.allMatch((name) -> List.of("descriptor", "jvm").contains(name) || WaitRules.category(name) != null);
		assertThat(SystemCalls.read("riscv64")).isEmpty();
	}

	private void start(Runnable work) {
		Thread thread = new Thread(() -> {
			this.id.set(currentThreadId());
			work.run();
		});
		thread.setDaemon(true);
		thread.start();
	}

	private TimeCategory category() {
		awaitWaiting(this.id);
		return this.states.of(this.id.get()).category();
	}

	/**
	 * Wait until a thread waits for good.
	 * @param id set to the operating system's id of the thread before it waits
	 */
	static void awaitWaiting(AtomicLong id) {
		NativeThreadStates states = new NativeThreadStates();
		try {
			Awaitility.await()
				.during(Duration.ofMillis(200))
				.until(() -> id.get() != 0 && states.of(id.get()).activity() == NativeThreadState.Activity.WAITING);
		}
		finally {
			states.close();
		}
	}

	static long currentThreadId() {
		try {
			return Long.parseLong(Path.of("/proc/thread-self").toRealPath().getFileName().toString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Read until the source is closed.
	 */
	static void read(Callable<InputStream> source) {
		try (InputStream stream = source.call()) {
			stream.read();
		}
		catch (Exception ex) {
			// closed at the end of the test
		}
	}

}
