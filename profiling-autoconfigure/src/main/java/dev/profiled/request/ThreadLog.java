package dev.profiled.request;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The windows of one thread: a linked list, appended to by its thread and consumed by the
 * harvester.
 */
final class ThreadLog implements ServingThread {

	static final int CAPACITY = 16_384;

	private final Thread thread;

	private final long threadId;

	private final boolean virtual;

	private final long nativeId;

	// written by the owner only
	private volatile @Nullable RequestWindow innermost;

	// written by the owner only
	private volatile @Nullable RequestWindow first;

	// owner only
	private @Nullable RequestWindow last;

	// written by the owner only
	private volatile int opened;

	// harvester only
	private @Nullable RequestWindow consumed;

	// harvester only
	private @Nullable RequestWindow outermost;

	private volatile int drained;

	private ThreadLog(Thread thread) {
		this.thread = thread;
		this.threadId = thread.getId();
		this.virtual = VirtualThreads.isVirtual(thread);
		this.nativeId = this.virtual ? 0 : NativeThreads.currentId();
	}

	static ThreadLog ofCurrent() {
		return new ThreadLog(Thread.currentThread());
	}

	@Override
	public Thread thread() {
		return this.thread;
	}

	@Override
	public boolean isVirtual() {
		return this.virtual;
	}

	@Override
	public long nativeId() {
		return this.nativeId;
	}

	@Override
	public @Nullable RequestWindow openWindow() {
		return this.innermost;
	}

	@Override
	public int openedWindows() {
		return this.opened;
	}

	boolean isOf(Thread thread) {
		return this.thread == thread;
	}

	boolean owns(RequestWindow window) {
		return window.threadId() == this.threadId;
	}

	@Nullable RequestWindow open(ProfiledEndpoint endpoint, long now, ThreadCounters counters) {
		int opened = this.opened;
		if (opened - this.drained >= CAPACITY) {
			return null;
		}
		RequestWindow window = new RequestWindow(endpoint, this.threadId, this.virtual, now, this.innermost);
		if (!this.virtual) {
			window.begin(counters.cpuTime(), counters.allocatedBytes(this.threadId));
		}
		// before the window, so that who sees the window sees the number, too
		this.opened = opened + 1;
		this.innermost = window;
		if (this.last != null) {
			this.last.next = window;
		}
		else {
			this.first = window;
		}
		this.last = window;
		return window;
	}

	// Ends a window, and any that were left open inside it.
	void end(RequestWindow window, ThreadCounters counters, LongSupplier clock, RequestWindow.State state) {
		if (!this.virtual && window.isMeasured()) {
			window.cost(counters.cpuTime(), counters.allocatedBytes(this.threadId));
		}
		long now = clock.getAsLong();
		for (RequestWindow inner = this.innermost; inner != null && inner != window; inner = inner.outer()) {
			inner.end(now, RequestWindow.State.LOST);
		}
		this.innermost = window.outer();
		window.end(now, state);
	}

	// What is consumed lets go of what follows: a link that the garbage collector has
	// found to be old would otherwise make all later ones old.
	void drain(Consumer<RequestWindow> windows) {
		int count = 0;
		for (RequestWindow window = next(); window != null; window = next()) {
			if (window.outer() == null) {
				this.outermost = window;
			}
			windows.accept(window);
			if (this.consumed != null) {
				this.consumed.next = null;
			}
			this.consumed = window;
			count++;
		}
		this.drained += count;
	}

	private @Nullable RequestWindow next() {
		return (this.consumed != null) ? this.consumed.next : this.first;
	}

	boolean hasEnded() {
		return !this.thread.isAlive();
	}

	// Only the outermost window that was opened last can be open.
	void hung(long openedBefore, Consumer<RequestWindow> outermost) {
		RequestWindow window = this.outermost;
		if (window != null && window.state() == RequestWindow.State.OPEN && window.start() - openedBefore < 0) {
			outermost.accept(window);
		}
	}

	// The thread has ended without ending its windows.
	void lose(Consumer<RequestWindow> outermost) {
		for (RequestWindow window = this.innermost; window != null; window = window.outer()) {
			window.end(window.start(), RequestWindow.State.LOST);
			if (window.outer() == null) {
				outermost.accept(window);
			}
		}
	}

}
