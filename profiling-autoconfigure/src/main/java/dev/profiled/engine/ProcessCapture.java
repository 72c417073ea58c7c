package dev.profiled.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.profiled.attribution.Coverage;
import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

/**
 * Gathers the samples of all threads of the process from the armed session, which stays
 * armed meanwhile. To be {@linkplain #end ended} or closed; one that is forgotten is
 * given up by itself. Thread-safe.
 */
public final class ProcessCapture implements AutoCloseable {

	/**
	 * Past so many distinct stacks new ones are counted as one.
	 */
	private static final int MAX_STACKS = 50_000;

	private static final StackTrace OTHERS = StackTrace.of(Frame.TRUNCATED);

	private final Captures captures;

	private final String name;

	private final Instant start = Instant.now();

	private final long from = System.nanoTime();

	private final long deadline;

	// By the harvester's thread alone.
	private final StackCounts samples = new StackCounts();

	private final RecordedChunks recorded = new RecordedChunks();

	private final boolean recording;

	ProcessCapture(Captures captures, String name, Duration longest, boolean recording) {
		this.captures = captures;
		this.name = name;
		this.recording = recording;
		this.deadline = this.from + longest.toNanos();
	}

	/**
	 * Return what the capture is called.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return when it began.
	 * @return the moment
	 */
	public Instant start() {
		return this.start;
	}

	/**
	 * Take what was recorded since the last call, if this is a recording: the profiler's
	 * own, of its last harvest. Past 64 MB that nobody takes the rest is dropped.
	 * @return chunks of a recording, which can be put together
	 */
	public List<ByteBuffer> recorded() {
		return this.recorded.take();
	}

	/**
	 * End the capture.
	 * @return what was gathered
	 */
	public ProcessProfile end() {
		return this.captures.end(this);
	}

	/**
	 * Give the capture up, unless it has ended.
	 */
	@Override
	public void close() {
		this.captures.giveUp(this);
	}

	void add(ByteBuffer chunk) {
		if (this.recording) {
			this.recorded.add(chunk);
		}
	}

	void add(List<Sample> samples) {
		if (this.recording) {
			return;
		}
		for (Sample sample : samples) {
			if (sample.event() != ProfileEvent.WALL && sample.time() - this.from >= 0) {
				boolean room = this.samples.stacks() < MAX_STACKS
						|| this.samples.contains(sample.event(), sample.stack());
				this.samples.add(sample.event(), room ? sample.stack() : OTHERS, 1, sample.weight());
			}
		}
	}

	boolean isOverdue(long now) {
		return now - this.deadline > 0;
	}

	ProcessProfile profile(long until, Coverage coverage) {
		return new ProcessProfile(this.start, until - this.from, this.samples, !coverage.contains(this.from, until));
	}

}
