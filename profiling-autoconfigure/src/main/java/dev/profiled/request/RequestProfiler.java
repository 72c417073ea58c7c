package dev.profiled.request;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Opens a window for a request that is to be profiled, and closes it; hands the windows
 * to the harvester.
 * <p>
 * Guarantees:
 * <ol>
 * <li>{@link #open} and {@link #close} never block and never wait. They may be called by
 * any number of threads.</li>
 * <li>A window that was opened before {@link #drain} began is seen by it, unless an
 * earlier one saw it; each window is seen once, those of a thread in the order in which
 * they were opened.</li>
 * <li>A thread that opened {@value ThreadLog#CAPACITY} windows since the last
 * {@link #drain} opens no more until the next.</li>
 * </ol>
 */
public final class RequestProfiler {

	/**
	 * For how long a request keeps its place. One that hangs would have it for ever.
	 */
	private static final long LONGEST_HOLD = TimeUnit.MINUTES.toNanos(1);

	private final ProfilingGate gate;

	private final ProfilingSlots slots;

	private final ThreadCounters counters;

	private final LongSupplier clock;

	private final RequestWindows windows = new RequestWindows();

	/**
	 * Create a profiler.
	 * @param gate says whether requests can be profiled
	 * @param slots the places for them
	 */
	public RequestProfiler(ProfilingGate gate, ProfilingSlots slots) {
		this(gate, slots, ThreadCounters.NONE);
	}

	/**
	 * Create a profiler that measures what requests cost.
	 * @param gate says whether requests can be profiled
	 * @param slots the places for them
	 * @param counters what it is measured by
	 */
	public RequestProfiler(ProfilingGate gate, ProfilingSlots slots, ThreadCounters counters) {
		this(gate, slots, counters, System::nanoTime);
	}

	RequestProfiler(ProfilingGate gate, ProfilingSlots slots, LongSupplier clock) {
		this(gate, slots, ThreadCounters.NONE, clock);
	}

	private RequestProfiler(ProfilingGate gate, ProfilingSlots slots, ThreadCounters counters, LongSupplier clock) {
		this.gate = gate;
		this.slots = slots;
		this.counters = counters;
		this.clock = clock;
	}

	/**
	 * Let the threads be watched that serve profiled requests. Requests on virtual
	 * threads are profiled only as long as they are watched: what else takes samples does
	 * not know virtual threads.
	 * @param watcher the watcher, or {@code null} for none
	 */
	public void watch(@Nullable ThreadWatcher watcher) {
		this.windows.watch(watcher);
	}

	/**
	 * Open a window for the current thread.
	 * @param endpoint the endpoint whose request begins
	 * @param nested whether the request may be part of one that the thread is serving:
	 * the new window is then opened inside that of the outer request, and shares its
	 * place. If not, a window that is still open was left behind by a request whose end
	 * was never seen, and is given up.
	 * @return the window, or {@code null} if the request is not profiled, which is then
	 * counted
	 */
	public @Nullable RequestWindow open(ProfiledEndpoint endpoint, boolean nested) {
		ProfilingGate.State state = this.gate.state();
		ThreadWatcher watcher = this.windows.watcher();
		if (watcher == null && VirtualThreads.isVirtual(Thread.currentThread())) {
			return skip(endpoint, SkipReason.VIRTUAL_THREAD);
		}
		if (state != ProfilingGate.State.OPEN) {
			this.gate.demand();
			return skip(endpoint, (state == ProfilingGate.State.CLOSED) ? SkipReason.ARMING : SkipReason.UNAVAILABLE);
		}
		ThreadLog log = this.windows.current();
		if (log == null) {
			return skip(endpoint, SkipReason.LOST);
		}
		for (RequestWindow stale = log.openWindow(); stale != null && !nested; stale = log.openWindow()) {
			end(log, stale, RequestWindow.State.LOST);
		}
		boolean needsPlace = log.openWindow() == null;
		long now = this.clock.getAsLong();
		if (needsPlace && !this.slots.tryAcquire(endpoint, now)) {
			return skip(endpoint, SkipReason.BUSY);
		}
		RequestWindow window = null;
		try {
			window = log.open(endpoint, now, this.counters);
		}
		finally {
			// the repository, which may be the application's own, is asked for the
			// generation
			if (window == null && needsPlace) {
				this.slots.release(endpoint, now, now);
			}
		}
		if (window == null) {
			return skip(endpoint, SkipReason.LOST);
		}
		if (watcher != null && needsPlace) {
			watcher.opened();
		}
		return window;
	}

	/**
	 * Close a window of the current thread: the request has ended. A window that has
	 * ended, or that is another thread's, is left alone.
	 * @param window the window
	 */
	public void close(RequestWindow window) {
		end(this.windows.current(), window, RequestWindow.State.CLOSED);
	}

	/**
	 * Give a window of the current thread up: the request goes on asynchronously.
	 * @param window the window
	 */
	public void closeAsync(RequestWindow window) {
		end(this.windows.current(), window, RequestWindow.State.ASYNC);
	}

	/**
	 * Take the windows that were opened since the last call, and give back the places of
	 * requests that have had theirs for more than a minute, or whose thread has ended. To
	 * be called by one thread at a time.
	 * @param consumer receives each window
	 */
	public void drain(Consumer<RequestWindow> consumer) {
		long now = this.clock.getAsLong();
		this.windows.drain(consumer, now - LONGEST_HOLD, (window) -> release(window, now));
	}

	/**
	 * Return the gate.
	 * @return the gate, for the engine to open and close
	 */
	public ProfilingGate gate() {
		return this.gate;
	}

	private void end(@Nullable ThreadLog log, RequestWindow window, RequestWindow.State state) {
		if (log == null || !log.owns(window) || window.state() != RequestWindow.State.OPEN) {
			return;
		}
		log.end(window, this.counters, this.clock, state);
		release(window, window.end());
	}

	private void release(RequestWindow window, long now) {
		if (window.release()) {
			this.slots.release(window.endpoint(), window.start(), now);
		}
	}

	private static @Nullable RequestWindow skip(ProfiledEndpoint endpoint, SkipReason reason) {
		endpoint.skipped(reason);
		return null;
	}

}
