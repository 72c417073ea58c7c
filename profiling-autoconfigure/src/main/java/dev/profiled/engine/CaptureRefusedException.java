package dev.profiled.engine;

/**
 * A capture of the process cannot begin now.
 */
public final class CaptureRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final boolean busy;

	CaptureRefusedException(boolean busy, String message) {
		super(message);
		this.busy = busy;
	}

	/**
	 * Whether there are as many captures as may be at a time.
	 * @return whether it is worth trying again soon; otherwise the profiler does not run,
	 * and its status says why
	 */
	public boolean isBusy() {
		return this.busy;
	}

}
