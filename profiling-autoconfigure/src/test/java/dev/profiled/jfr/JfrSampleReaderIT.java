package dev.profiled.jfr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;

import one.profiler.AsyncProfiler;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.FixedPollInterval;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Integration tests for {@link JfrSampleReader} on recordings of the real profiler.
 */
class JfrSampleReaderIT {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final long INTERVAL = 1_000_000;

	/**
	 * Of the duration of a chunk in its header.
	 */
	private static final int DURATION_OFFSET = 40;

	/**
	 * The size of each object, with its header of 16 bytes.
	 */
	private static final int ALLOCATED = 200_016;

	private static final Duration HELD = Duration.ofMillis(50);

	private static final String THIS = JfrSampleReaderIT.class.getName();

	@TempDir
	private static Path directory;

	private static byte[] bytes;

	private static JfrChunk chunk;

	private static long startedAt;

	private static long stoppedAt;

	private static volatile long result;

	private static volatile Object garbage;

	// when the wait began and when it had ended
	private static long[] monitorWait;

	private static long[] lockWait;

	@BeforeAll
	static void record() throws Exception {
		Path file = directory.resolve("test.jfr");
		AsyncProfiler profiler = AsyncProfiler.getInstance();
		startedAt = System.nanoTime();
		profiler
			.execute("start,event=cpu,interval=1000us,alloc=100k,lock=1ms,clock=monotonic,jfropts=31,jfr,file=" + file);
		Thread other = new Thread(() -> burn(JfrSampleReaderIT::count), "other");
		other.start();
		Runnable lambda = () -> burn(JfrSampleReaderIT::count);
		lambda.run();
		burn(() -> recurse(200));
		burn(JfrSampleReaderIT::reflect);
		burn(JfrSampleReaderIT::deflate);
		burn(JfrSampleReaderIT::callKernel);
		other.join();
		allocate();
		waitForMonitor();
		waitForLock();
		profiler.execute("stop");
		stoppedAt = System.nanoTime();
		bytes = Files.readAllBytes(file);
		chunk = new JfrSampleReader().read(ByteBuffer.wrap(bytes));
	}

	@Test
	void readsTheSamplesOfEachThread() {
		Map<Long, Long> samples = chunk.samples()
			.stream()
			.collect(Collectors.groupingBy(Sample::threadId, Collectors.counting()));
		assertThat(samples.get(Thread.currentThread().getId())).isGreaterThan(100);
		assertThat(samples).hasSizeGreaterThan(1).doesNotContainKey(0L);
	}

	@Test
	void weighsSamplesAfterwards() {
		JfrChunk weighed = chunk.weighed(new SamplingIntervals(INTERVAL, 0, 0));
		assertThat(weighed.samples()).hasSameSizeAs(chunk.samples());
		assertThat(samples(chunk, ProfileEvent.CPU)).extracting(Sample::weight).containsOnly(1L);
		assertThat(samples(weighed, ProfileEvent.CPU)).extracting(Sample::weight).containsOnly(INTERVAL);
	}

	@Test
	void countsTheCpuSamplesOfAllThreadsApart() {
		long ofJavaThreads = samples(chunk, ProfileEvent.CPU).size();
		assertThat(chunk.cpuSamples()).isBetween(ofJavaThreads, ofJavaThreads + chunk.otherSamples());
		assertThat(ofJavaThreads).isLessThan(chunk.samples().size());
	}

	@Test
	void givesAllocationsTheirTypeAndSize() {
		List<Sample> samples = samples(Frame.java(THIS, "allocate"), ProfileEvent.ALLOC);
		assertThat(samples).hasSizeGreaterThan(100).allSatisfy((sample) -> {
			assertThat(sample.threadId()).isEqualTo(Thread.currentThread().getId());
			assertThat(sample.weight()).isEqualTo(ALLOCATED);
		});
		assertThat(samples).extracting(JfrSampleReaderIT::leaf)
			.containsOnly(Frame.type("byte[]"), Frame.type("java.lang.String[]"), Frame.type("byte[][]"));
	}

	@Test
	void givesWaitsForAMonitorItsClassAndTheTimeTheyTook() {
		Sample wait = onlyWait(Frame.java(THIS, "waitForMonitor"));
		assertThat(leaf(wait)).isEqualTo(Frame.type(THIS + "$Inventory"));
		assertWaited(wait, monitorWait);
	}

	@Test
	void givesWaitsForALockItsClassAndTheTimeTheyTook() {
		Sample wait = onlyWait(Frame.java(THIS, "waitForLock"));
		assertThat(leaf(wait)).isEqualTo(Frame.type("java.util.concurrent.locks.ReentrantLock$NonfairSync"));
		assertWaited(wait, lockWait);
	}

	private static Sample onlyWait(Frame frame) {
		List<Sample> waits = samples(frame, ProfileEvent.LOCK);
		assertThat(waits).hasSize(1);
		return waits.get(0);
	}

	private static void assertWaited(Sample wait, long[] bounds) {
		assertThat(wait.threadId()).isEqualTo(Thread.currentThread().getId());
		assertThat(wait.time()).isBetween(bounds[0], bounds[1]);
		assertThat(wait.time() + wait.weight()).isBetween(bounds[0], bounds[1]);
		assertThat(wait.weight()).isGreaterThanOrEqualTo(HELD.toNanos());
	}

	@Test
	void givesTimesOfTheSystemsClock() {
		assertThat(chunk.start()).isBetween(startedAt, stoppedAt);
		assertThat(chunk.end()).isBetween(chunk.start(), stoppedAt + 1_000_000);
		assertThat(chunk.samples()).extracting(Sample::time)
			.allSatisfy((time) -> assertThat(time).isBetween(startedAt, stoppedAt));
	}

	@Test
	void doesNotEndInTheFutureThoughTheWallClockWasPutForward() throws IOException {
		ByteBuffer later = ByteBuffer.wrap(bytes.clone());
		later.putLong(DURATION_OFFSET, TimeUnit.HOURS.toNanos(1));
		assertThat(new JfrSampleReader().read(later).end()).isBetween(chunk.end(), System.nanoTime());
	}

	@Test
	void readsTheSettings() {
		assertThat(chunk.settings()).containsKeys("engine", "kernelSymbols", "interval");
		assertThat(chunk.settings()).containsEntry("interval", "1000000");
	}

	@Test
	void leavesOutHiddenClasses() {
		List<Frame> frames = frames();
		assertThat(frames).extracting(Frame::methodName).anyMatch((name) -> name.startsWith("lambda$"));
		assertThat(frames).extracting(Frame::className)
			.noneMatch((name) -> name.contains("$$Lambda") || name.contains("0x") || name.contains("/"));
	}

	@Test
	void givesOneFrameToAMethodHoweverItWasCompiled() {
		assertThat(frames().stream().filter((frame) -> frame.equals(Frame.java(THIS, "count"))).distinct()).hasSize(1);
		assertThat(frames().stream().filter((frame) -> frame.methodName().equals("count"))).hasSize(1);
	}

	@Test
	void givesOneWayToAMethodThatIsCalledByReflection() {
		Frame reflected = Frame.java(THIS, "reflected");
		assertThat(stacks(reflected)).isNotEmpty()
			.extracting((stack) -> above(stack, reflected))
			.containsOnly(List.of(Frame.java("java.lang.reflect.Method", "invoke"),
					Frame.java("jdk.internal.reflect.MethodAccessor", "invoke")));
	}

	@Test
	void givesRecursionWhole() {
		Frame recursion = Frame.java(THIS, "recurse");
		List<StackTrace> stacks = stacks(recursion);
		List<StackTrace> whole = stacks.stream().filter((stack) -> !stack.frame(0).equals(Frame.BROKEN)).toList();
		assertThat(whole).hasSizeGreaterThan(stacks.size() * 9 / 10);
		assertThat(whole).extracting((stack) -> count(stack, recursion)).contains(201L);
		assertThat(whole).extracting((stack) -> stack.frame(0)).containsOnly(rootOfThisThread());
	}

	@Test
	void givesNativeFramesNoClass() {
		List<Frame> natives = frames().stream().filter((frame) -> frame.kind() == FrameKind.NATIVE).toList();
		assertThat(natives).isNotEmpty().allSatisfy((frame) -> {
			assertThat(frame.className()).isEmpty();
			assertThat(frame.methodName()).isNotEmpty();
		});
		assertThat(stacks(Frame.java("java.util.zip.Deflater", "deflateBytesBytes")))
			.anySatisfy((stack) -> assertThat(stack.frame(stack.depth() - 1).kind()).isEqualTo(FrameKind.NATIVE));
	}

	@Test
	void marksKernelFrames() {
		assumeTrue("true".equals(chunk.settings().get("kernelSymbols")), "this process sees no kernel frames");
		assertThat(frames()).anySatisfy((frame) -> {
			assertThat(frame.kind()).isEqualTo(FrameKind.KERNEL);
			assertThat(frame.className()).isEmpty();
			assertThat(frame.methodName()).isNotEmpty().doesNotEndWith("_[k]");
		});
	}

	@Test
	void refusesAChunkThatWasCutOffAnywhere() throws Exception {
		long samples = chunk.samples().size();
		for (int length = 0; length < bytes.length; length += step(length)) {
			ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length).slice();
			assertThatIOException().as("%d of %d bytes", length, bytes.length)
				.isThrownBy(() -> new JfrSampleReader().read(cut));
		}
		assertThat(new JfrSampleReader().read(ByteBuffer.wrap(bytes)).samples()).hasSize((int) samples);
	}

	@Test
	void throwsNothingButAnIOExceptionForAChunkWhosePartsWereNeverWritten() {
		Random random = new Random(1);
		for (int i = 0; i < 300; i++) {
			byte[] broken = bytes.clone();
			int from = 68 + random.nextInt(broken.length - 68);
			for (int j = from; j < Math.min(broken.length, from + 4096); j++) {
				broken[j] = 0;
			}
			try {
				new JfrSampleReader().read(ByteBuffer.wrap(broken));
			}
			catch (IOException ex) {
				assertThat(ex).hasMessageNotContaining("null");
			}
		}
	}

	// Every length near both ends, and many between.
	private static int step(int length) {
		return (length < 500 || length > bytes.length - 500) ? 1 : Math.max(1, bytes.length / 1500);
	}

	private static List<Frame> frames() {
		return chunk.samples().stream().flatMap((sample) -> frames(sample.stack()).stream()).distinct().toList();
	}

	private static List<Frame> frames(StackTrace stack) {
		return IntStream.range(0, stack.depth()).mapToObj(stack::frame).toList();
	}

	private static List<StackTrace> stacks(Frame frame) {
		return samples(frame, ProfileEvent.CPU).stream().map(Sample::stack).toList();
	}

	private static List<Sample> samples(Frame frame, ProfileEvent event) {
		return samples(chunk, event).stream().filter((sample) -> count(sample.stack(), frame) > 0).toList();
	}

	private static List<Sample> samples(JfrChunk chunk, ProfileEvent event) {
		return chunk.samples().stream().filter((sample) -> sample.event() == event).toList();
	}

	private static Frame leaf(Sample sample) {
		return sample.stack().frame(sample.stack().depth() - 1);
	}

	private static long count(StackTrace stack, Frame frame) {
		return frames(stack).stream().filter(frame::equals).count();
	}

	private static Frame rootOfThisThread() {
		return chunk.samples()
			.stream()
			.filter((sample) -> sample.event() == ProfileEvent.CPU)
			.filter((sample) -> sample.threadId() == Thread.currentThread().getId())
			.map((sample) -> sample.stack().frame(0))
			.collect(Collectors.groupingBy((frame) -> frame, Collectors.counting()))
			.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue())
			.orElseThrow()
			.getKey();
	}

	private static void burn(Runnable work) {
		long end = THREADS.getCurrentThreadCpuTime() + 300_000_000;
		while (THREADS.getCurrentThreadCpuTime() < end) {
			work.run();
		}
	}

	private static void count() {
		long sum = result;
		for (int i = 0; i < 10_000; i++) {
			sum = sum * 31 + i;
		}
		result = sum;
	}

	private static void recurse(int depth) {
		if (depth > 0) {
			recurse(depth - 1);
		}
		else {
			count();
		}
		result++;
	}

	private static void deflate() {
		try (DeflaterOutputStream out = new DeflaterOutputStream(new ByteArrayOutputStream())) {
			byte[] data = new byte[100_000];
			new Random(result).nextBytes(data);
			out.write(data);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void callKernel() {
		for (int i = 0; i < 100; i++) {
			result += Files.exists(directory) ? 1 : 0;
		}
	}

	// Twenty calls of a method object are enough for the JVM to generate code for it.
	private static void reflect() {
		try {
			Method method = JfrSampleReaderIT.class.getDeclaredMethod("reflected");
			for (int i = 0; i < 20; i++) {
				method.invoke(null);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void reflected() {
		count();
	}

	// With references of 4 bytes.
	private static void allocate() {
		for (int i = 0; i < 100; i++) {
			garbage = new byte[200_000];
			garbage = new String[50_000];
			garbage = new byte[50_000][];
		}
	}

	private static void waitForMonitor() throws InterruptedException {
		Inventory inventory = new Inventory();
		Thread waiting = Thread.currentThread();
		CountDownLatch held = new CountDownLatch(1);
		new Thread(() -> {
			synchronized (inventory) {
				held.countDown();
				holdUntilAWhileAfter(() -> waiting.getState() == Thread.State.BLOCKED);
			}
		}).start();
		held.await();
		long begun = System.nanoTime();
		synchronized (inventory) {
			monitorWait = new long[] { begun, System.nanoTime() };
		}
	}

	private static void waitForLock() throws InterruptedException {
		ReentrantLock lock = new ReentrantLock();
		Thread waiting = Thread.currentThread();
		CountDownLatch held = new CountDownLatch(1);
		new Thread(() -> {
			lock.lock();
			held.countDown();
			holdUntilAWhileAfter(() -> lock.hasQueuedThread(waiting));
			lock.unlock();
		}).start();
		held.await();
		long begun = System.nanoTime();
		lock.lock();
		lockWait = new long[] { begun, System.nanoTime() };
		lock.unlock();
	}

	private static void holdUntilAWhileAfter(Callable<Boolean> blocked) {
		Awaitility.await().pollInterval(FixedPollInterval.fixed(Duration.ofMillis(1))).until(blocked);
		LockSupport.parkNanos(HELD.toNanos());
	}

	private static List<Frame> above(StackTrace stack, Frame frame) {
		int depth = 0;
		while (!stack.frame(depth).equals(frame)) {
			depth++;
		}
		return List.of(stack.frame(depth - 2), stack.frame(depth - 1));
	}

	/**
	 * What a monitor belongs to.
	 */
	private static final class Inventory {

	}

}
