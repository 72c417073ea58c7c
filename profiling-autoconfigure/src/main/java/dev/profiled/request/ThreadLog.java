package dev.profiled.request;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The windows of one thread: a linked list, appended to by its thread and consumed by the
 * harvester.
 */
final class ThreadLog {

	static final int CAPACITY = 16_384;

	private final Thread thread;

	private final long threadId;

	// owner only
	private @Nullable RequestWindow innermost;

	// owner only
	private Entry tail = new Entry(null);

	// owner only
	private int opened;

	// harvester only
	private Entry consumed = this.tail;

	// harvester only
	private @Nullable RequestWindow outermost;

	private volatile int drained;

	ThreadLog(Thread thread) {
		this.thread = thread;
		this.threadId = thread.getId();
	}

	boolean isOf(Thread thread) {
		return this.thread == thread;
	}

	boolean owns(RequestWindow window) {
		return window.threadId() == this.threadId;
	}

	@Nullable RequestWindow innermost() {
		return this.innermost;
	}

	@Nullable RequestWindow open(ProfiledEndpoint endpoint, long now) {
		if (this.opened - this.drained >= CAPACITY) {
			return null;
		}
		RequestWindow window = new RequestWindow(endpoint, this.threadId, now, this.innermost);
		Entry entry = new Entry(window);
		this.innermost = window;
		this.opened++;
		this.tail.next = entry;
		this.tail = entry;
		return window;
	}

	// Ends a window, and any that were left open inside it.
	void end(RequestWindow window, long now, RequestWindow.State state) {
		for (RequestWindow inner = this.innermost; inner != null && inner != window; inner = inner.outer()) {
			inner.end(now, RequestWindow.State.LOST);
		}
		this.innermost = window.outer();
		window.end(now, state);
	}

	void drain(Consumer<RequestWindow> windows) {
		int count = 0;
		for (Entry entry = this.consumed.next; entry != null; entry = entry.next) {
			if (entry.window != null) {
				if (entry.window.outer() == null) {
					this.outermost = entry.window;
				}
				windows.accept(entry.window);
			}
			this.consumed = entry;
			count++;
		}
		this.drained += count;
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

	/**
	 * A link of the list. Kept apart from the window, which may be held for long.
	 */
	private static final class Entry {

		private final @Nullable RequestWindow window;

		private volatile @Nullable Entry next;

		Entry(@Nullable RequestWindow window) {
			this.window = window;
		}

	}

}
