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

	private @Nullable RequestWindow innermost;

	private RequestWindow tail = new RequestWindow();

	private RequestWindow consumed = this.tail;

	private int opened;

	private volatile int drained;

	ThreadLog(Thread thread) {
		this.thread = thread;
		this.threadId = thread.getId();
	}

	boolean isOf(Thread thread) {
		return this.thread == thread;
	}

	/**
	 * Return the innermost window that the thread has open. Owner only.
	 */
	@Nullable RequestWindow innermost() {
		return this.innermost;
	}

	/**
	 * Open a window inside the innermost. Owner only.
	 */
	@Nullable RequestWindow open(ProfiledEndpoint endpoint, long now) {
		if (this.opened - this.drained >= CAPACITY) {
			return null;
		}
		RequestWindow window = new RequestWindow(endpoint, this.threadId, now, this.innermost);
		this.innermost = window;
		this.opened++;
		this.tail.next = window;
		this.tail = window;
		return window;
	}

	/**
	 * End a window, and any that were left open inside it. Owner only.
	 */
	void end(RequestWindow window, long now, RequestWindow.State state) {
		for (RequestWindow inner = this.innermost; inner != null && inner != window; inner = inner.outer()) {
			inner.end(now, RequestWindow.State.LOST);
		}
		this.innermost = window.outer();
		window.end(now, state);
	}

	/**
	 * Hand over the windows that were opened since the last call. Harvester only.
	 */
	void drain(Consumer<RequestWindow> windows) {
		int count = 0;
		for (RequestWindow window = this.consumed.next; window != null; window = window.next) {
			windows.accept(window);
			this.consumed = window;
			count++;
		}
		this.drained += count;
	}

	boolean hasEnded() {
		return !this.thread.isAlive();
	}

	/**
	 * The thread has ended without ending its windows. Harvester only.
	 */
	void lose(Consumer<RequestWindow> outermost) {
		for (RequestWindow window = this.innermost; window != null; window = window.outer()) {
			window.end(window.start(), RequestWindow.State.LOST);
			if (window.outer() == null) {
				outermost.accept(window);
			}
		}
	}

}
