package dev.profiled.engine;

/**
 * The profiler cannot run, or not now. The message says why.
 */
final class ProfilerUnavailableException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Why the profiler cannot run.
	 */
	enum Cause {

		/**
		 * This process will never run it.
		 */
		PLATFORM,

		/**
		 * Something outside may be mended.
		 */
		ENVIRONMENT,

		/**
		 * Another profiler is at work.
		 */
		OCCUPIED

	}

	private final Cause reason;

	private final String advice;

	ProfilerUnavailableException(Cause reason, String message, String advice) {
		super(message);
		this.reason = reason;
		this.advice = advice;
	}

	Cause reason() {
		return this.reason;
	}

	String advice() {
		return this.advice;
	}

}
