package dev.profiled.engine;

/**
 * What the operating system says a thread is doing: the JVM calls a thread that waits in
 * a native method, for a socket or a file, runnable. See proc(5); other systems than
 * Linux do not tell.
 */
enum NativeThreadState {

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
	UNKNOWN;

	// The state follows the name, which stands in parentheses, and may contain some.
	static NativeThreadState parse(byte[] stat, int length) {
		for (int i = length - 3; i >= 0; i--) {
			if (stat[i] == ')') {
				return (stat[i + 2] == 'R') ? RUNNABLE : WAITING;
			}
		}
		return UNKNOWN;
	}

}
