package dev.profiled.engine;

import java.nio.charset.StandardCharsets;

import dev.profiled.profile.TimeCategory;

/**
 * What the operating system says a thread is doing: the JVM calls a thread that waits in
 * a native method, for a socket or a file, runnable. See proc(5); other systems than
 * Linux do not tell.
 *
 * @param activity whether it waits
 * @param call the system call in which it waits, as {@link SystemCalls} reads it; empty
 * if it is not known
 */
record NativeThreadState(Activity activity, String call) {

	static final NativeThreadState RUNNABLE = new NativeThreadState(Activity.RUNNABLE, "");

	static final NativeThreadState WAITING = new NativeThreadState(Activity.WAITING, "");

	static final NativeThreadState UNKNOWN = new NativeThreadState(Activity.UNKNOWN, "");

	/**
	 * Tell what it waits for.
	 * @return the category
	 */
	TimeCategory category() {
		return SystemCalls.category(this.call);
	}

	/**
	 * Whether a thread that the JVM calls runnable was stopped by it: for a garbage
	 * collection, for example.
	 * @return whether it was; false, too, if that is not known
	 */
	boolean isStopped() {
		return SystemCalls.isOfJvm(this.call);
	}

	/**
	 * Read the file {@code stat} of a thread.
	 * @param stat the beginning of it
	 * @param length how long that is
	 * @return the state
	 */
	static NativeThreadState ofStat(byte[] stat, int length) {
		// it follows the name, which stands in parentheses, and may contain some
		for (int i = length - 3; i >= 0; i--) {
			if (stat[i] == ')') {
				return (stat[i + 2] == 'R') ? RUNNABLE : WAITING;
			}
		}
		return UNKNOWN;
	}

	/**
	 * Read the file {@code syscall} of a thread.
	 * @param call the beginning of it
	 * @param length how long that is
	 * @return the state
	 */
	static NativeThreadState ofCall(byte[] call, int length) {
		if (length <= 0) {
			return UNKNOWN;
		}
		return (call[0] != 'r') ? new NativeThreadState(Activity.WAITING, text(call, length)) : RUNNABLE;
	}

	private static String text(byte[] ascii, int length) {
		return new String(ascii, 0, length, StandardCharsets.US_ASCII);
	}

	enum Activity {

		/**
		 * On a processor, or waiting for one.
		 */
		RUNNABLE,

		/**
		 * Waiting for something else.
		 */
		WAITING,

		/**
		 * Not known.
		 */
		UNKNOWN

	}

}
