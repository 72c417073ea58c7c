package dev.profiled.attribution;

/**
 * The time in which samples were taken without a gap, of {@link System#nanoTime()}.
 *
 * @param from when it began
 * @param until when it ended, or {@link #OPEN} if it goes on
 */
public record Coverage(long from, long until) {

	/**
	 * Stands for an end that is not there yet.
	 */
	public static final long OPEN = Long.MAX_VALUE;

	/**
	 * Whether all of a time is covered.
	 * @param start when it begins
	 * @param end when it ends
	 * @return whether it is
	 */
	public boolean contains(long start, long end) {
		return start - this.from >= 0 && (this.until == OPEN || this.until - end >= 0);
	}

}
