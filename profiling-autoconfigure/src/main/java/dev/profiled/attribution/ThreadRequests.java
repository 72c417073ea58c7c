package dev.profiled.attribution;

import java.util.Arrays;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;

/**
 * The requests of one thread, in the order in which they were opened.
 * <p>
 * A request that has ended and has no samples, as most have none, is kept as numbers
 * rather than as objects: the garbage collector would copy those again and again, for as
 * long as samples may still come. Only one that stands alone is: no window is around it,
 * and none inside. Not thread-safe.
 */
final class ThreadRequests {

	/*
	 * The numbers of a request.
	 */
	private static final int END = 0;

	private static final int CPU_TIME = 1;

	private static final int ALLOCATED_BYTES = 2;

	private static final int GENERATION = 3;

	private static final int NUMBERS = 4;

	private final long threadId;

	// a virtual thread has but one
	private long[] starts = new long[1];

	// what is not an object is as numbers
	private @Nullable TrackedRequest[] requests = new TrackedRequest[1];

	private @Nullable ProfiledEndpoint[] endpoints = new ProfiledEndpoint[1];

	private long[] numbers = new long[NUMBERS];

	private boolean[] settled = new boolean[1];

	private boolean[] discarded = new boolean[1];

	private int size;

	ThreadRequests(long threadId) {
		this.threadId = threadId;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	// All windows inside of the one before are known when one comes that is inside of
	// none.
	void add(RequestWindow window) {
		if (this.size > 0 && window.outer() == null) {
			pack(this.size - 1);
		}
		if (this.size == this.starts.length) {
			grow();
		}
		put(this.size++, new TrackedRequest(window));
	}

	/**
	 * Return the last request that was opened at a time or before it.
	 * @param time the time
	 * @return its index, or -1
	 */
	int lastOpenedBefore(long time) {
		int low = -1;
		int high = this.size - 1;
		while (low < high) {
			int middle = (low + high + 1) >>> 1;
			if (time - this.starts[middle] >= 0) {
				low = middle;
			}
			else {
				high = middle - 1;
			}
		}
		return high;
	}

	/**
	 * Return a request, if a sample may belong to it or to one around it.
	 * @param index its index, or -1
	 * @param time when the sample was taken, not before the request was opened
	 * @return the request, or {@code null}
	 */
	@Nullable TrackedRequest at(int index, long time) {
		if (index < 0) {
			return null;
		}
		TrackedRequest request = this.requests[index];
		if (request == null && number(index, END) - time >= 0) {
			request = unpacked(index);
			this.requests[index] = request;
		}
		return request;
	}

	/**
	 * Find the request of a window among those that were opened before another.
	 * @param before the index of the other
	 * @param window the window
	 * @return the request, or {@code null}
	 */
	@Nullable TrackedRequest find(int before, RequestWindow window) {
		for (int i = before; i >= 0; i--) {
			TrackedRequest request = this.requests[i];
			if (request != null && request.window() == window) {
				return request;
			}
		}
		return null;
	}

	void removeIf(Predicate<TrackedRequest> done) {
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			TrackedRequest request = this.requests[i];
			request = (request != null) ? request : unpacked(i);
			if (!done.test(request)) {
				put(kept++, request);
				if (kept > 1 && request.window().outer() == null) {
					pack(kept - 2);
				}
			}
		}
		Arrays.fill(this.requests, kept, this.size, null);
		Arrays.fill(this.endpoints, kept, this.size, null);
		this.size = kept;
	}

	private void put(int index, TrackedRequest request) {
		this.starts[index] = request.window().start();
		this.requests[index] = request;
		this.endpoints[index] = null;
	}

	private void pack(int index) {
		TrackedRequest request = this.requests[index];
		if (request == null || !request.isBare()) {
			return;
		}
		RequestWindow window = request.window();
		this.requests[index] = null;
		this.endpoints[index] = window.endpoint();
		this.numbers[index * NUMBERS + END] = window.end();
		this.numbers[index * NUMBERS + CPU_TIME] = window.cpuTime();
		this.numbers[index * NUMBERS + ALLOCATED_BYTES] = window.allocatedBytes();
		this.numbers[index * NUMBERS + GENERATION] = window.generation();
		this.settled[index] = request.isSettled();
		this.discarded[index] = request.isDiscarded();
	}

	private TrackedRequest unpacked(int index) {
		ProfiledEndpoint endpoint = this.endpoints[index];
		if (endpoint == null) {
			throw new IllegalStateException("The request " + index + " is missing");
		}
		TrackedRequest request = new TrackedRequest(
				RequestWindow.closed(endpoint, (int) number(index, GENERATION), this.threadId, this.starts[index],
						number(index, END), number(index, CPU_TIME), number(index, ALLOCATED_BYTES)));
		if (this.settled[index]) {
			request.settle(this.discarded[index]);
		}
		return request;
	}

	private long number(int index, int which) {
		return this.numbers[index * NUMBERS + which];
	}

	private void grow() {
		int capacity = this.size * 2;
		this.starts = Arrays.copyOf(this.starts, capacity);
		this.requests = Arrays.copyOf(this.requests, capacity);
		this.endpoints = Arrays.copyOf(this.endpoints, capacity);
		this.numbers = Arrays.copyOf(this.numbers, capacity * NUMBERS);
		this.settled = Arrays.copyOf(this.settled, capacity);
		this.discarded = Arrays.copyOf(this.discarded, capacity);
	}

}
