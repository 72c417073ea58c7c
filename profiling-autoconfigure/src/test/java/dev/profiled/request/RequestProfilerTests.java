package dev.profiled.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RequestProfiler}.
 */
@Timeout(60)
class RequestProfilerTests {

	private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

	private final AtomicLong clock = new AtomicLong(100);

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final ProfiledEndpoint orders = this.endpoints.register("orders", () -> 7);

	private final ProfiledEndpoint stock = this.endpoints.register("stock", () -> 0);

	private final ProfilingGate gate = new ProfilingGate();

	private final ProfilingSlots slots = new ProfilingSlots(1, this.endpoints);

	private final RequestProfiler profiler = new RequestProfiler(this.gate, this.slots, this.clock::get);

	@BeforeEach
	void openGate() {
		this.gate.set(ProfilingGate.State.OPEN);
	}

	@Test
	void opensAWindowForARequestAndClosesIt() {
		RequestWindow window = openAt(110, this.orders, false);
		assertThat(window.state()).isEqualTo(RequestWindow.State.OPEN);
		assertThat(window.endpoint()).isSameAs(this.orders);
		assertThat(window.generation()).isEqualTo(7);
		assertThat(window.threadId()).isEqualTo(Thread.currentThread().getId());
		assertThat(window.outer()).isNull();
		assertThat(this.slots.taken()).isOne();
		closeAt(150, window);
		assertThat(draw(window)).isEqualTo("orders 110-150 CLOSED");
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void handsEachWindowOverOnceInTheOrderOfOpening() {
		RequestWindow one = openAt(110, this.orders, false);
		closeAt(120, one);
		RequestWindow two = openAt(200, this.stock, false);
		assertThat(drain()).containsExactly(one, two);
		closeAt(210, two);
		assertThat(drain()).isEmpty();
		RequestWindow three = openAt(300, this.orders, false);
		assertThat(drain()).containsExactly(three);
	}

	@Test
	void opensANestedWindowInThePlaceOfTheOuter() {
		RequestWindow outer = openAt(110, this.orders, false);
		RequestWindow inner = openAt(120, this.stock, true);
		assertThat(inner.outer()).isSameAs(outer);
		assertThat(this.slots.taken()).isOne();
		closeAt(130, inner);
		assertThat(this.slots.taken()).isOne();
		closeAt(140, outer);
		assertThat(this.slots.taken()).isZero();
		assertThat(drain()).extracting(RequestProfilerTests::draw)
			.containsExactly("orders 110-140 CLOSED", "stock 120-130 CLOSED");
	}

	@Test
	void needsAPlaceForAnInnermostRequestWithoutAnOuter() {
		RequestWindow window = openAt(110, this.orders, true);
		assertThat(window.outer()).isNull();
		assertThat(this.slots.taken()).isOne();
	}

	@Test
	void givesUpInnerWindowsThatAreStillOpenWhenTheOuterEnds() {
		RequestWindow outer = openAt(110, this.orders, false);
		RequestWindow middle = openAt(120, this.stock, true);
		RequestWindow inner = openAt(130, this.orders, true);
		closeAt(140, outer);
		assertThat(drain()).extracting(RequestProfilerTests::draw)
			.containsExactly("orders 110-140 CLOSED", "stock 120-140 LOST", "orders 130-140 LOST");
		closeAt(150, inner);
		closeAt(150, middle);
		assertThat(draw(inner)).isEqualTo("orders 130-140 LOST");
		assertThat(this.slots.taken()).isZero();
		assertThat(openAt(160, this.stock, true).outer()).isNull();
	}

	@Test
	void givesUpAWindowThatWasLeftBehindWhenTheThreadServesTheNextRequest() {
		RequestWindow outer = openAt(110, this.orders, false);
		RequestWindow inner = openAt(120, this.stock, true);
		RequestWindow next = openAt(200, this.stock, false);
		assertThat(drain()).extracting(RequestProfilerTests::draw)
			.containsExactly("orders 110-200 LOST", "stock 120-200 LOST", "stock 200- OPEN");
		assertThat(this.slots.taken()).isOne();
		closeAt(210, inner);
		closeAt(210, outer);
		assertThat(this.slots.taken()).isOne();
		closeAt(220, next);
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void closesAWindowOnce() {
		RequestWindow window = openAt(110, this.orders, false);
		closeAt(120, window);
		closeAt(130, window);
		assertThat(draw(window)).isEqualTo("orders 110-120 CLOSED");
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void givesUpAWindowWhoseRequestGoesOnAsynchronously() {
		RequestWindow window = openAt(110, this.orders, false);
		this.clock.set(120);
		this.profiler.closeAsync(window);
		closeAt(130, window);
		assertThat(draw(window)).isEqualTo("orders 110-120 ASYNC");
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void leavesAWindowOfAnotherThreadAlone() throws Exception {
		RequestWindow window = openAt(110, this.orders, false);
		onAnotherThread(() -> closeAt(120, window));
		assertThat(draw(window)).isEqualTo("orders 110- OPEN");
		assertThat(this.slots.taken()).isOne();
		closeAt(130, window);
		assertThat(draw(window)).isEqualTo("orders 110-130 CLOSED");
		assertThat(this.slots.taken()).isZero();
		assertThat(openAt(140, this.stock, false).outer()).isNull();
	}

	@Test
	void leavesTheOwnWindowsOfAThreadAloneThatClosesAnothers() throws Exception {
		ProfilingSlots slots = new ProfilingSlots(2, this.endpoints);
		RequestProfiler profiler = new RequestProfiler(this.gate, slots, this.clock::get);
		RequestWindow window = profiler.open(this.orders, false);
		assertThat(window).isNotNull();
		onAnotherThread(() -> {
			RequestWindow own = profiler.open(this.stock, false);
			assertThat(own).isNotNull();
			profiler.close(window);
			assertThat(own.state()).isEqualTo(RequestWindow.State.OPEN);
			profiler.close(own);
		});
		profiler.close(window);
		assertThat(slots.taken()).isZero();
	}

	@Test
	void countsARequestThatFindsNoPlace() throws Exception {
		openAt(110, this.orders, false);
		onAnotherThread(() -> assertThat(this.profiler.open(this.stock, false)).isNull());
		assertThat(skipped(this.stock)).containsExactly(Map.entry(SkipReason.BUSY, 1L));
	}

	@Test
	void countsRequestsWhileTheSessionIsNotArmed() {
		this.gate.set(ProfilingGate.State.CLOSED);
		assertThat(this.profiler.open(this.orders, false)).isNull();
		this.gate.set(ProfilingGate.State.UNAVAILABLE);
		assertThat(this.profiler.open(this.orders, false)).isNull();
		assertThat(skipped(this.orders)).containsOnly(Map.entry(SkipReason.ARMING, 1L),
				Map.entry(SkipReason.UNAVAILABLE, 1L));
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void closesAWindowThoughTheSessionIsNoLongerArmed() {
		RequestWindow window = openAt(110, this.orders, false);
		this.gate.set(ProfilingGate.State.CLOSED);
		closeAt(120, window);
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void opensNoMoreWindowsThanALogHoldsUntilTheNextDrain() {
		for (int i = 0; i < ThreadLog.CAPACITY; i++) {
			closeAt(110 + i, openAt(110 + i, this.orders, false));
		}
		assertThat(this.profiler.open(this.orders, false)).isNull();
		assertThat(skipped(this.orders)).containsExactly(Map.entry(SkipReason.LOST, 1L));
		assertThat(this.slots.taken()).isZero();
		assertThat(drain()).hasSize(ThreadLog.CAPACITY);
		closeAt(200_000, openAt(200_000, this.orders, false));
		assertThat(drain()).hasSize(1);
	}

	@Test
	void keepsTheOuterWindowWhenTheLogIsFull() {
		for (int i = 1; i < ThreadLog.CAPACITY; i++) {
			closeAt(110 + i, openAt(110 + i, this.orders, false));
		}
		RequestWindow outer = openAt(200_000, this.orders, false);
		assertThat(this.profiler.open(this.stock, true)).isNull();
		assertThat(this.slots.taken()).isOne();
		closeAt(200_010, outer);
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void releasesThePlaceOfARequestWhoseWindowCannotBeOpened() {
		ProfiledEndpoint broken = this.endpoints.register("broken", () -> {
			throw new IllegalStateException("out of order");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.profiler.open(broken, false));
		assertThat(this.slots.taken()).isZero();
		RequestWindow outer = openAt(110, this.orders, false);
		assertThatIllegalStateException().isThrownBy(() -> this.profiler.open(broken, true));
		assertThat(this.slots.taken()).isOne();
		closeAt(120, outer);
		assertThat(drain()).containsExactly(outer);
	}

	@Test
	void releasesThePlaceOfAThreadThatEndedInsideItsRequest() throws Exception {
		onAnotherThread(() -> {
			openAt(110, this.orders, false);
			openAt(120, this.stock, true);
		});
		assertThat(this.slots.taken()).isOne();
		List<RequestWindow> windows = drain();
		assertThat(windows).extracting(RequestProfilerTests::draw)
			.containsExactly("orders 110-110 LOST", "stock 120-120 LOST");
		assertThat(this.slots.taken()).isZero();
		assertThat(drain()).isEmpty();
	}

	@Test
	void releasesThePlaceOfARequestThatHangsButKeepsItsWindow() throws Exception {
		RequestWindow window = openAt(110, this.orders, false);
		RequestWindow inner = openAt(120, this.stock, true);
		drainAt(110 + MINUTE);
		assertThat(this.slots.taken()).isOne();
		drainAt(111 + MINUTE);
		assertThat(this.slots.taken()).isZero();
		drainAt(200 + MINUTE);
		assertThat(this.slots.taken()).isZero();
		onAnotherThread(() -> {
			RequestWindow other = openAt(210 + MINUTE, this.stock, false);
			assertThat(this.slots.taken()).isOne();
			closeAt(220 + MINUTE, other);
		});
		closeAt(300 + MINUTE, inner);
		closeAt(310 + MINUTE, window);
		assertThat(draw(window)).isEqualTo("orders 110-" + (310 + MINUTE) + " CLOSED");
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void releasesThePlaceOfARequestThatHungOnceThoughItsThreadEnded() throws Exception {
		Thread thread = new Thread(() -> {
			openAt(110, this.orders, false);
			drainAt(111 + MINUTE);
		});
		thread.start();
		thread.join();
		drainAt(112 + MINUTE);
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void releasesThePlaceOfARequestThatHungOnceThoughItsEndWasNeverSeen() {
		openAt(110, this.orders, false);
		drainAt(111 + MINUTE);
		openAt(112 + MINUTE, this.stock, false);
		assertThat(this.slots.taken()).isOne();
	}

	@Test
	void releasesEachPlaceOnceThoughRequestsEndAtTheMomentWhenTheyAreFoundToHang() throws Exception {
		AtomicBoolean ended = new AtomicBoolean();
		RequestProfiler profiler = new RequestProfiler(this.gate, this.slots, () -> this.clock.addAndGet(2 * MINUTE));
		Thread harvester = new Thread(() -> {
			while (!ended.get()) {
				profiler.drain((window) -> {
				});
			}
		});
		harvester.start();
		for (int i = 0; i < 20_000; i++) {
			RequestWindow window = profiler.open(this.orders, false);
			if (window != null) {
				profiler.close(window);
			}
		}
		ended.set(true);
		harvester.join();
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void forgetsThreadsThatEnded() throws Exception {
		RequestWindows windows = new RequestWindows();
		for (int i = 0; i < 20; i++) {
			onAnotherThread(() -> windows.current().open(this.orders, 1, ThreadCounters.NONE));
		}
		windows.current().open(this.orders, 1, ThreadCounters.NONE);
		List<RequestWindow> drained = new ArrayList<>();
		windows.drain(drained::add, 0, (lost) -> {
		});
		assertThat(drained).hasSize(21);
		assertThat(windows.threads()).isOne();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this JDK has no virtual threads")
	void countsRequestsOnVirtualThreads() throws Exception {
		Runnable request = () -> assertThat(this.profiler.open(this.orders, false)).isNull();
		Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, request);
		thread.join();
		assertThat(skipped(this.orders)).containsExactly(Map.entry(SkipReason.VIRTUAL_THREAD, 1L));
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void drainsEachWindowExactlyOnceWhileManyThreadsServeRequests() throws Exception {
		int threads = 8;
		int requests = 5000;
		RequestProfiler profiler = new RequestProfiler(this.gate, new ProfilingSlots(threads, this.endpoints));
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<RequestWindow> drained = new ArrayList<>();
		AtomicInteger opened = new AtomicInteger();
		CountDownLatch running = new CountDownLatch(threads);
		try {
			List<Future<?>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				results.add(executor.submit(() -> {
					for (int request = 0; request < requests; request++) {
						RequestWindow window = profiler.open(this.orders, false);
						RequestWindow inner = profiler.open(this.stock, true);
						opened.addAndGet(((window != null) ? 1 : 0) + ((inner != null) ? 1 : 0));
						for (RequestWindow each : Arrays.asList(inner, window)) {
							if (each != null) {
								profiler.close(each);
							}
						}
					}
					running.countDown();
				}));
			}
			while (running.getCount() > 0) {
				profiler.drain(drained::add);
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		finally {
			executor.shutdown();
		}
		profiler.drain(drained::add);
		assertThat(drained).hasSize(opened.get());
		Set<RequestWindow> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
		distinct.addAll(drained);
		assertThat(distinct).hasSize(drained.size());
		drained.stream()
			.collect(Collectors.groupingBy(RequestWindow::threadId))
			.forEach((thread, windows) -> assertThat(windows).extracting(RequestWindow::start).isSorted());
		assertThat(drained).extracting(RequestWindow::state).containsOnly(RequestWindow.State.CLOSED);
	}

	@Test
	void drainsEveryWindowOfShortLivedThreads() throws Exception {
		RequestProfiler profiler = new RequestProfiler(this.gate, new ProfilingSlots(100, this.endpoints));
		Set<Long> served = new HashSet<>();
		List<Long> drained = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			Thread thread = new Thread(() -> {
				RequestWindow window = profiler.open(this.orders, false);
				assertThat(window).isNotNull();
				profiler.close(window);
			});
			thread.start();
			served.add(thread.getId());
			if (i % 7 == 0) {
				profiler.drain((window) -> drained.add(window.threadId()));
			}
			thread.join();
		}
		profiler.drain((window) -> drained.add(window.threadId()));
		assertThat(drained).containsExactlyInAnyOrderElementsOf(served);
	}

	private RequestWindow openAt(long time, ProfiledEndpoint endpoint, boolean nested) {
		this.clock.set(time);
		RequestWindow window = this.profiler.open(endpoint, nested);
		assertThat(window).isNotNull();
		return window;
	}

	private void closeAt(long time, RequestWindow window) {
		this.clock.set(time);
		this.profiler.close(window);
	}

	private List<RequestWindow> drain() {
		List<RequestWindow> drained = new ArrayList<>();
		this.profiler.drain(drained::add);
		return drained;
	}

	private void drainAt(long time) {
		this.clock.set(time);
		drain();
	}

	private static Map<SkipReason, Long> skipped(ProfiledEndpoint endpoint) {
		return endpoint.skippedSinceReset();
	}

	private static String draw(RequestWindow window) {
		String end = (window.state() != RequestWindow.State.OPEN) ? String.valueOf(window.end()) : "";
		return window.endpoint().name() + " " + window.start() + "-" + end + " " + window.state();
	}

	// Returns when the thread has ended.
	private static void onAnotherThread(Runnable task) throws Exception {
		FutureTask<?> result = new FutureTask<>(task, null);
		Thread thread = new Thread(result);
		thread.start();
		thread.join();
		result.get();
	}

}
