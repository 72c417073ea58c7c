package dev.profiled.attribution;

/**
 * A time in which the JVM stopped all threads, of {@link System#nanoTime()}.
 *
 * @param start when it began
 * @param end when it ended
 */
public record Pause(long start, long end) {

	long overlap(long from, long until) {
		long start = (from - this.start > 0) ? from : this.start;
		long end = (until - this.end < 0) ? until : this.end;
		return Math.max(0, end - start);
	}

}
