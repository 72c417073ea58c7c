package dev.profiled.profile;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a request spent its time on. The categories of a request add up to its elapsed
 * time.
 */
public enum TimeCategory {

	/**
	 * Running on a processor.
	 */
	CPU("on CPU, not sampled"),

	/**
	 * Able to run, and waiting for a processor.
	 */
	CORE("waiting for a core"),

	/**
	 * Waiting for a lock: a monitor, or one of {@code java.util.concurrent}.
	 */
	LOCK("lock"),

	/**
	 * Parked until another thread has done something: given back a connection, completed
	 * a future.
	 */
	POOL("pool"),

	/**
	 * Waiting for a peer on the network.
	 */
	SOCKET("socket I/O"),

	/**
	 * Waiting for a file.
	 */
	FILE("file I/O"),

	/**
	 * Asleep.
	 */
	SLEEP("sleep"),

	/**
	 * Stopped by a pause of the JVM, nearly always for the garbage collector.
	 */
	GC("GC or safepoint pause"),

	/**
	 * Waiting for something else.
	 */
	OTHER("other wait");

	private final Frame frame;

	private final StackTrace stack;

	TimeCategory(String label) {
		this.frame = new Frame("", "[" + label + "]", FrameKind.WAIT);
		this.stack = StackTrace.of(this.frame);
	}

	/**
	 * Return the name used in answers.
	 * @return the name, in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the leaf of the stacks that were waiting so; of {@link #CPU}, what stands
	 * for the time on a processor that no sample fell into.
	 * @return the frame
	 */
	public Frame frame() {
		return this.frame;
	}

	// Where no more is known than the category.
	StackTrace stack() {
		return this.stack;
	}

	/**
	 * Return the category that a frame stands for.
	 * @param frame the frame
	 * @return the category, or {@code null} if it is not a {@link #frame()}
	 */
	public static @Nullable TimeCategory of(Frame frame) {
		if (frame.kind() == FrameKind.WAIT) {
			for (TimeCategory category : values()) {
				if (category.frame.equals(frame)) {
					return category;
				}
			}
		}
		return null;
	}

}
