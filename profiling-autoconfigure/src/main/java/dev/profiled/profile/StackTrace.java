package dev.profiled.profile;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The frames of a thread at one moment, root first, leaf last. Immutable.
 */
public final class StackTrace {

	private final Frame[] frames;

	private final int hash;

	private StackTrace(Frame[] frames) {
		this.frames = frames;
		this.hash = Arrays.hashCode(frames);
	}

	/**
	 * Return a stack trace of the given frames.
	 * @param rootFirst the frames, root first
	 * @return the stack trace
	 */
	public static StackTrace of(Frame... rootFirst) {
		return new StackTrace(rootFirst.clone());
	}

	/**
	 * Return a stack trace of the given frames.
	 * @param rootFirst the frames, root first
	 * @return the stack trace
	 */
	public static StackTrace of(List<Frame> rootFirst) {
		return new StackTrace(rootFirst.toArray(Frame[]::new));
	}

	/**
	 * Return this stack trace with one more frame.
	 * @param leaf the frame that is called by the leaf
	 * @return the stack trace
	 */
	public StackTrace with(Frame leaf) {
		Frame[] frames = Arrays.copyOf(this.frames, this.frames.length + 1);
		frames[this.frames.length] = leaf;
		return new StackTrace(frames);
	}

	/**
	 * Return the number of frames.
	 * @return the number of frames
	 */
	public int depth() {
		return this.frames.length;
	}

	/**
	 * Return one frame.
	 * @param depth its distance from the root, which is 0
	 * @return the frame
	 */
	public Frame frame(int depth) {
		return this.frames[depth];
	}

	@Override
	public boolean equals(Object obj) {
		return obj instanceof StackTrace other && this.hash == other.hash && Arrays.equals(this.frames, other.frames);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return Arrays.stream(this.frames).map(Frame::name).collect(Collectors.joining(";"));
	}

}
