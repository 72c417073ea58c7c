package dev.profiled.profile;

import java.util.Locale;

/**
 * What a {@link Frame} stands for.
 */
public enum FrameKind {

	/**
	 * A Java method, interpreted, compiled or inlined.
	 */
	JAVA,

	/**
	 * A function of a native library or of the JVM.
	 */
	NATIVE,

	/**
	 * A function of the operating system's kernel.
	 */
	KERNEL,

	/**
	 * A class: that of what was allocated, or of a lock.
	 */
	TYPE,

	/**
	 * Stands for what a thread was waiting for: a {@link TimeCategory}.
	 */
	WAIT,

	/**
	 * Stands for frames or whole stacks that were cut off by a bound.
	 */
	TRUNCATED;

	/**
	 * Return the name used on the way out.
	 * @return the name, in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
