package dev.profiled.request;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says whether requests can be profiled now: set by the engine, asked by each request.
 * Thread-safe.
 */
public final class ProfilingGate {

	/**
	 * Whether requests can be profiled.
	 */
	public enum State {

		/**
		 * The profiler session is armed.
		 */
		OPEN,

		/**
		 * It is not armed; the next request asks for it.
		 */
		CLOSED,

		/**
		 * It cannot be armed.
		 */
		UNAVAILABLE

	}

	private final AtomicBoolean demanded = new AtomicBoolean();

	private volatile State state = State.CLOSED;

	private volatile Runnable onDemand = () -> {
	};

	/**
	 * Set what is run when a request finds the gate closed: once, until {@link #set} is
	 * called again. Must be quick, and not throw.
	 * @param onDemand what is run, by the thread of the request
	 */
	public void onDemand(Runnable onDemand) {
		this.onDemand = onDemand;
	}

	/**
	 * Open or close the gate.
	 * @param state the new state
	 */
	public void set(State state) {
		this.state = state;
		this.demanded.set(false);
	}

	/**
	 * Return whether requests can be profiled.
	 * @return the state
	 */
	public State state() {
		return this.state;
	}

	void demand() {
		if (!this.demanded.get() && this.demanded.compareAndSet(false, true)) {
			this.onDemand.run();
		}
	}

}
