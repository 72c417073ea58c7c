package dev.profiled.profile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that names of frames are searched for. Somebody else wrote it, so
 * that searching all names together ends after a second, however it is made.
 */
public final class FramePattern {

	private static final long LIMIT = 1_000_000_000;

	private final Pattern pattern;

	/**
	 * Create a pattern.
	 * @param expression the regular expression
	 * @throws java.util.regex.PatternSyntaxException if it is none
	 */
	public FramePattern(String expression) {
		this.pattern = Pattern.compile(expression);
	}

	/**
	 * Return which frames have a name in which the expression is found.
	 * @param frames the frames
	 * @return whether it is found, for each of them
	 * @throws TooSlowException if that takes too long
	 */
	boolean[] find(List<Frame> frames) {
		long deadline = System.nanoTime() + LIMIT;
		boolean[] found = new boolean[frames.size()];
		try {
			for (int i = 0; i < found.length; i++) {
				Matcher matcher = this.pattern.matcher(new Limited(frames.get(i).name(), deadline));
				found[i] = matcher.find();
			}
		}
		catch (OverdueException | StackOverflowError ex) {
			throw new TooSlowException(this.pattern.pattern());
		}
		return found;
	}

	@Override
	public String toString() {
		return this.pattern.pattern();
	}

	/**
	 * A text that can be read until a moment.
	 */
	private record Limited(CharSequence text, long deadline) implements CharSequence {

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			if (System.nanoTime() - this.deadline > 0) {
				throw new OverdueException();
			}
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return new Limited(this.text.subSequence(start, end), this.deadline);
		}

		@Override
		public String toString() {
			return this.text.toString();
		}

	}

	private static final class OverdueException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		OverdueException() {
			super(null, null, false, false);
		}

	}

	/**
	 * Tells that an expression takes too long.
	 */
	public static final class TooSlowException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String expression;

		TooSlowException(String expression) {
			super("Searching for an expression takes too long");
			this.expression = expression;
		}

		/**
		 * Return the expression.
		 * @return the expression
		 */
		public String expression() {
			return this.expression;
		}

	}

}
