package dev.profiled.attribution;

/**
 * A time in which the JVM stopped all threads, all the time or for a part of it. Times
 * are those of {@link System#nanoTime()}.
 *
 * @param start when it began
 * @param end when it ended
 * @param stopped for how long threads were stopped, in ns; when in that time is not known
 */
public record Pause(long start, long end, long stopped) {

	/**
	 * Create a pause that stopped threads all the time.
	 * @param start when it began
	 * @param end when it ended
	 */
	public Pause(long start, long end) {
		this(start, end, end - start);
	}

}
