package dev.profiled.jfr;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import one.profiler.AsyncProfiler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.JavaFrames;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that {@link JavaFrames} makes the same of a stack that the native profiler
 * recorded and of the one that the JVM gives.
 */
class JavaFramesIT {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final String THIS = JavaFramesIT.class.getName();

	private static final Frame LEAF = Frame.java(THIS, "leaf");

	private static final Set<StackTrace> given = ConcurrentHashMap.newKeySet();

	private static List<StackTrace> recorded;

	private static volatile long result;

	private static volatile @Nullable Thread inLeaf;

	private static int readFromOutside;

	@BeforeAll
	static void record(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("test.jfr");
		AsyncProfiler profiler = AsyncProfiler.getInstance();
		profiler.execute("start,event=cpu,interval=1000us,clock=monotonic,jfropts=31,jfr,file=" + file);
		Thread reader = new Thread(JavaFramesIT::readFromOutside);
		reader.start();
		throughAll();
		run(new Thread(JavaFramesIT::throughAll));
		if (Runtime.version().feature() >= 21) {
			run((Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
				.invoke(null, (Runnable) JavaFramesIT::throughAll));
		}
		profiler.execute("stop");
		reader.interrupt();
		reader.join();
		recorded = new JfrSampleReader().read(ByteBuffer.wrap(Files.readAllBytes(file)))
			.samples()
			.stream()
			.map(Sample::stack)
			.filter((stack) -> indexOf(stack, LEAF) >= 0)
			.filter((stack) -> !stack.frame(0).equals(Frame.BROKEN))
			.map(JavaFramesIT::upToLeaf)
			.toList();
	}

	@Test
	void theJvmGivesNoStackThatTheProfilerDoesNot() {
		assertThat(readFromOutside).isGreaterThan(50);
		assertThat(recorded).hasSizeGreaterThan(300).containsAll(given);
	}

	// Which method of compiled code an instruction belongs to, the JVM sometimes notes
	// wrongly.
	@Test
	void theProfilerGivesHardlyAnyStackThatTheJvmDoesNot() {
		List<StackTrace> others = recorded.stream().filter((stack) -> !given.contains(stack)).toList();
		assertThat(others).as("of %d", recorded.size()).hasSizeLessThan(recorded.size() / 50 + 1);
	}

	@Test
	void everyWayIsThere() {
		assertThat(given).extracting(StackTrace::toString)
			.anyMatch((stack) -> stack.startsWith("java.lang.Thread.run;" + THIS + ".throughAll;"))
			.anyMatch((stack) -> stack.contains("MethodAccessor.invoke;" + THIS + ".throughConstructor;"))
			.anyMatch((stack) -> stack.contains("$Proxy.run;"))
			.noneMatch((stack) -> stack.contains("$$Lambda"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsHaveTheirOwnRoot() {
		assertThat(given).extracting(StackTrace::toString)
			.anyMatch((stack) -> stack.startsWith("java.lang.VirtualThread.run;" + THIS + ".throughAll;"));
	}

	private static void run(Thread thread) throws InterruptedException {
		if (thread.getState() == Thread.State.NEW) {
			thread.start();
		}
		thread.join();
	}

	private static void throughAll() {
		throughString();
		throughReflection();
	}

	// A concatenation is a method handle.
	private static void throughString() {
		Object argument = new Object() {

			@Override
			public String toString() {
				throughProxy();
				return "";
			}

		};
		result += ("a" + argument + result).length();
	}

	private static void throughProxy() {
		Runnable proxy = (Runnable) Proxy.newProxyInstance(JavaFramesIT.class.getClassLoader(),
				new Class<?>[] { Runnable.class }, (target, method, arguments) -> {
					throughStream();
					return null;
				});
		proxy.run();
	}

	private static void throughStream() {
		Stream.of(1, 2).filter((number) -> number == 1).map((number) -> number + 1).forEach((number) -> {
			Runnable reference = JavaFramesIT::throughPrivilege;
			reference.run();
		});
	}

	@SuppressWarnings("removal")
	private static void throughPrivilege() {
		AccessController.doPrivileged((PrivilegedAction<?>) () -> {
			new JavaFramesIT().new Inner().run();
			return null;
		});
	}

	// Twenty calls of a method object are enough for JDK 17 to generate code for it.
	private static void throughReflection() {
		try {
			Method method = JavaFramesIT.class.getDeclaredMethod("throughConstructor");
			for (int i = 0; i < 20; i++) {
				method.invoke(null);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void throughConstructor() throws ReflectiveOperationException {
		Constructor<Constructed> constructor = Constructed.class.getDeclaredConstructor();
		constructor.newInstance();
	}

	private static void leaf() {
		given.add(upToLeaf(new JavaFrames().stackTrace(Thread.currentThread().getStackTrace())));
		inLeaf = Thread.currentThread();
		long end = System.nanoTime() + 20_000_000;
		while (System.nanoTime() < end) {
			long sum = result;
			for (int i = 0; i < 5_000; i++) {
				sum = sum * 31 + i;
			}
			result = sum;
		}
		inLeaf = null;
	}

	// Some JDKs show another thread what they hide from the thread itself.
	private static void readFromOutside() {
		JavaFrames frames = new JavaFrames();
		while (!Thread.interrupted()) {
			Thread thread = inLeaf;
			if (thread != null) {
				keep(frames.stackTrace(thread.getStackTrace()));
				ThreadInfo info = THREADS.getThreadInfo(new long[] { thread.getId() }, Integer.MAX_VALUE)[0];
				if (info != null) {
					keep(frames.stackTrace(info.getStackTrace()));
				}
			}
			LockSupport.parkNanos(2_000_000);
		}
	}

	private static void keep(StackTrace stack) {
		if (indexOf(stack, LEAF) >= 0) {
			given.add(upToLeaf(stack));
			readFromOutside++;
		}
	}

	private static StackTrace upToLeaf(StackTrace stack) {
		return StackTrace.of(IntStream.rangeClosed(0, indexOf(stack, LEAF)).mapToObj(stack::frame).toList());
	}

	private static int indexOf(StackTrace stack, Frame frame) {
		List<Frame> frames = new ArrayList<>();
		for (int i = 0; i < stack.depth(); i++) {
			frames.add(stack.frame(i));
		}
		return frames.indexOf(frame);
	}

	private static final class Constructed {

		Constructed() {
			leaf();
		}

	}

	private final class Inner {

		void run() {
			for (int i = 0; i < 5; i++) {
				leaf();
			}
		}

	}

}
