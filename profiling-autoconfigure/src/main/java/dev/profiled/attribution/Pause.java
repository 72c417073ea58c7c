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

	/**
	 * Return for how long threads were stopped in a part of the time: if it is not known
	 * when they were, as long as they are expected to.
	 * @param from when the part begins
	 * @param until when it ends
	 * @return the time in ns
	 */
	public long overlap(long from, long until) {
		long start = (from - this.start > 0) ? from : this.start;
		long end = (until - this.end < 0) ? until : this.end;
		long shared = Math.max(0, end - start);
		long length = this.end - this.start;
		return (this.stopped == length) ? shared : Math.round((double) shared * this.stopped / length);
	}

}
