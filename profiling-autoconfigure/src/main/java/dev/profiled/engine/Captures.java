package dev.profiled.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.StackCounts;

/**
 * The captures of the process under way. Thread-safe, but for {@link #take} and
 * {@link #removeOverdue}, which are the harvester's.
 */
final class Captures {

	/**
	 * How many there may be.
	 */
	static final int MAX = 2;

	/**
	 * For how long to wait for the harvester.
	 */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final List<ProcessCapture> captures = new CopyOnWriteArrayList<>();

	private final HarvesterThread thread;

	private final ProfilerSession session;

	private final Runnable armOnDemand;

	private final Runnable harvest;

	Captures(HarvesterThread thread, ProfilerSession session, Runnable armOnDemand, Runnable harvest) {
		this.thread = thread;
		this.session = session;
		this.armOnDemand = armOnDemand;
		this.harvest = harvest;
		session.onChunk((chunk) -> this.captures.forEach((capture) -> capture.add(chunk)));
	}

	/**
	 * Begin to gather what all threads do, and arm the session for it.
	 * @param name what the capture is called
	 * @param longest after which time it is given up
	 * @param recording whether it is a recording, rather than samples
	 * @return the capture
	 * @throws CaptureRefusedException if it cannot begin
	 */
	ProcessCapture begin(String name, Duration longest, boolean recording) throws CaptureRefusedException {
		AtomicReference<@Nullable ProcessCapture> begun = new AtomicReference<>();
		this.thread.run(() -> {
			this.armOnDemand.run();
			if (this.session.isArmed() && this.captures.size() < MAX) {
				// what was recorded before is not in it
				this.harvest.run();
				ProcessCapture capture = new ProcessCapture(this, name, longest, recording);
				this.captures.add(capture);
				readAll();
				begun.set(capture);
			}
		}, TIMEOUT);
		ProcessCapture capture = begun.get();
		if (capture != null) {
			return capture;
		}
		if (this.captures.size() >= MAX) {
			throw new CaptureRefusedException(true, "There are " + MAX + " captures under way.");
		}
		throw new CaptureRefusedException(false, "The profiler is " + this.session.status().state().id() + ".");
	}

	List<ProcessCapture> all() {
		return List.copyOf(this.captures);
	}

	boolean isEmpty() {
		return this.captures.isEmpty();
	}

	ProcessProfile end(ProcessCapture capture) {
		long until = System.nanoTime();
		AtomicReference<@Nullable ProcessProfile> profile = new AtomicReference<>();
		this.thread.run(() -> {
			this.harvest.run();
			remove(capture);
			profile.set(capture.profile(until, this.session.coverage()));
		}, TIMEOUT);
		ProcessProfile ended = profile.get();
		return (ended != null) ? ended : new ProcessProfile(capture.start(), 0, new StackCounts(), true);
	}

	void giveUp(ProcessCapture capture) {
		this.thread.execute(() -> remove(capture));
	}

	void removeOverdue(long now) {
		if (this.captures.removeIf((capture) -> capture.isOverdue(now))) {
			readAll();
		}
	}

	void take(List<Sample> samples) {
		this.captures.forEach((capture) -> capture.add(samples));
	}

	private void remove(ProcessCapture capture) {
		this.captures.remove(capture);
		readAll();
	}

	private void readAll() {
		this.session.allThreads(!this.captures.isEmpty());
	}

}
