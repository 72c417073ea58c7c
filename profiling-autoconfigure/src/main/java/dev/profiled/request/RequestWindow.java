package dev.profiled.request;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The time in which a thread served a request of an endpoint. Opened and closed by that
 * thread; read by the harvester.
 */
public final class RequestWindow {

	/**
	 * Where a window stands.
	 */
	public enum State {

		/**
		 * The request is under way.
		 */
		OPEN,

		/**
		 * The request has ended.
		 */
		CLOSED,

		/**
		 * The request went on asynchronously, so that its end is not known.
		 */
		ASYNC,

		/**
		 * The end of the request was never seen.
		 */
		LOST

	}

	private static final AtomicIntegerFieldUpdater<RequestWindow> RELEASED = AtomicIntegerFieldUpdater
		.newUpdater(RequestWindow.class, "released");

	private final ProfiledEndpoint endpoint;

	private final int generation;

	private final long threadId;

	private final boolean onVirtualThread;

	private final long start;

	private final @Nullable RequestWindow outer;

	private long end;

	// what the thread had spent before, until the window ends; then what was spent in it
	private long cpuTime = ThreadCounters.UNKNOWN;

	private long allocatedBytes = ThreadCounters.UNKNOWN;

	private volatile State state = State.OPEN;

	private volatile int released;

	/**
	 * The one that its thread opened after it, kept by the {@link ThreadLog}.
	 */
	volatile @Nullable RequestWindow next;

	RequestWindow(ProfiledEndpoint endpoint, long threadId, boolean onVirtualThread, long start,
			@Nullable RequestWindow outer) {
		this(endpoint, endpoint.generation(), threadId, onVirtualThread, start, outer);
		endpoint.opened();
	}

	private RequestWindow(ProfiledEndpoint endpoint, int generation, long threadId, boolean onVirtualThread, long start,
			@Nullable RequestWindow outer) {
		this.endpoint = endpoint;
		this.generation = generation;
		this.threadId = threadId;
		this.onVirtualThread = onVirtualThread;
		this.start = start;
		this.outer = outer;
	}

	/**
	 * Return a window that tells the same as one that a platform thread closed, inside of
	 * no other.
	 * @param endpoint its endpoint
	 * @param generation its generation
	 * @param threadId its thread
	 * @param start when it was opened
	 * @param end when it was closed
	 * @param cpuTime what {@link #cpuTime()} returned
	 * @param allocatedBytes what {@link #allocatedBytes()} returned
	 * @return the window
	 */
	public static RequestWindow closed(ProfiledEndpoint endpoint, int generation, long threadId, long start, long end,
			long cpuTime, long allocatedBytes) {
		RequestWindow window = new RequestWindow(endpoint, generation, threadId, false, start, null);
		window.end = end;
		window.cpuTime = cpuTime;
		window.allocatedBytes = allocatedBytes;
		window.state = State.CLOSED;
		return window;
	}

	void begin(long cpuTime, long allocatedBytes) {
		this.cpuTime = cpuTime;
		this.allocatedBytes = allocatedBytes;
	}

	void cost(long cpuTime, long allocatedBytes) {
		this.cpuTime = cpuTime - this.cpuTime;
		this.allocatedBytes = allocatedBytes - this.allocatedBytes;
	}

	void end(long now, State state) {
		this.end = now;
		this.state = state;
		this.endpoint.ended();
	}

	// Whether the caller, and nobody else, is to give back the place that the window has.
	boolean release() {
		return this.outer == null && RELEASED.compareAndSet(this, 0, 1);
	}

	/**
	 * Return the endpoint.
	 * @return the endpoint
	 */
	public ProfiledEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return the generation of the endpoint's profile when the window was opened.
	 * @return the generation
	 */
	public int generation() {
		return this.generation;
	}

	/**
	 * Return the Java thread that serves the request.
	 * @return its id
	 */
	public long threadId() {
		return this.threadId;
	}

	/**
	 * Whether that is a virtual thread.
	 * @return whether it is
	 */
	public boolean onVirtualThread() {
		return this.onVirtualThread;
	}

	/**
	 * Whether the cost of the request is measured.
	 * @return whether {@link #cpuTime()} and {@link #allocatedBytes()} are defined for a
	 * window that was {@linkplain State#CLOSED closed}
	 */
	public boolean isMeasured() {
		return this.cpuTime != ThreadCounters.UNKNOWN;
	}

	/**
	 * Return the CPU time that the thread spent while the window was open.
	 * @return the time in ns
	 */
	public long cpuTime() {
		return this.cpuTime;
	}

	/**
	 * Return the memory that the thread allocated while the window was open.
	 * @return the number of bytes
	 */
	public long allocatedBytes() {
		return this.allocatedBytes;
	}

	/**
	 * Return when the window was opened.
	 * @return the time, of {@link System#nanoTime()}
	 */
	public long start() {
		return this.start;
	}

	/**
	 * Return when the window ended.
	 * @return the time, of {@link System#nanoTime()}; undefined while it is open
	 */
	public long end() {
		return this.end;
	}

	/**
	 * Return the window that this one was opened in.
	 * @return the outer window of the same thread, or {@code null}
	 */
	public @Nullable RequestWindow outer() {
		return this.outer;
	}

	/**
	 * Return where the window stands.
	 * @return the state
	 */
	public State state() {
		return this.state;
	}

	/**
	 * Whether the window was open at a moment. Both ends are inclusive.
	 * @param time the moment, of {@link System#nanoTime()}
	 * @return whether it was open
	 */
	public boolean contains(long time) {
		return time - this.start >= 0 && (this.state == State.OPEN || this.end - time >= 0);
	}

}
