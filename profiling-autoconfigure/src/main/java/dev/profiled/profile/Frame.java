package dev.profiled.profile;

import java.util.Comparator;

/**
 * One frame of a stack trace. Two samples in the same method share a frame, whether the
 * method was interpreted, compiled or inlined at that moment.
 *
 * @param className the class with its package, normalised, or an empty string where there
 * is none (native, kernel)
 * @param methodName the method or function, or an empty string where the class itself is
 * meant
 * @param kind what the frame stands for
 */
public record Frame(String className, String methodName, FrameKind kind) implements Comparable<Frame> {

	/**
	 * Stands for what a bound cut off.
	 */
	public static final Frame TRUNCATED = new Frame("", "[truncated]", FrameKind.TRUNCATED);

	/**
	 * Stands for callers that the profiler could not find: the stack begins with it.
	 */
	public static final Frame BROKEN = new Frame("", "[broken stack]", FrameKind.TRUNCATED);

	private static final Comparator<Frame> ORDER = Comparator.comparing(Frame::className)
		.thenComparing(Frame::methodName)
		.thenComparing(Frame::kind);

	/**
	 * Return the frame of a Java method.
	 * @param className the class with its package
	 * @param methodName the method
	 * @return the frame
	 */
	public static Frame java(String className, String methodName) {
		return new Frame(className, methodName, FrameKind.JAVA);
	}

	/**
	 * Return the frame of a type: an allocated one, or that of a lock.
	 * @param className the type with its package
	 * @return the frame
	 */
	public static Frame type(String className) {
		return new Frame(className, "", FrameKind.TYPE);
	}

	/**
	 * Return the name as flame graphs show it.
	 * @return {@code class.method}, or one of them alone where there is no other
	 */
	public String name() {
		if (this.methodName.isEmpty()) {
			return this.className;
		}
		return this.className.isEmpty() ? this.methodName : this.className + "." + this.methodName;
	}

	@Override
	public int compareTo(Frame other) {
		return ORDER.compare(this, other);
	}

}
