package dev.profiled.engine;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.StackTrace;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.ServingThread;

/**
 * What the {@link ThreadSampler} remembers of a thread. For its thread only.
 */
final class WatchedThread {

	private final ServingThread thread;

	private @Nullable RequestWindow window;

	private int openedWindows;

	private long cpuTime = -1;

	private long cpuTimeBefore = -1;

	// When it was last looked at.
	Thread.State state = Thread.State.NEW;

	NativeThreadState nativeState = NativeThreadState.UNKNOWN;

	// Whether it could run then.
	boolean running;

	private long waitedAt;

	private boolean waited;

	// What it was waiting in when it was last looked at.
	@Nullable StackTrace waiting;

	WatchedThread(ServingThread thread) {
		this.thread = thread;
	}

	ServingThread serving() {
		return this.thread;
	}

	Thread thread() {
		return this.thread.thread();
	}

	/**
	 * Look whether it serves a profiled request.
	 * @return whether it does
	 */
	boolean isServing() {
		this.window = this.thread.openWindow();
		this.openedWindows = this.thread.openedWindows();
		this.waited = false;
		if (this.window == null) {
			this.waiting = null;
			this.cpuTime = -1;
		}
		return this.window != null;
	}

	/**
	 * Whether it has served the same request since {@link #isServing()}, and no window
	 * was opened inside of that.
	 * @return whether what was seen of the thread in between belongs to that window
	 */
	boolean isServingTheSame() {
		return this.thread.openWindow() == this.window && this.thread.openedWindows() == this.openedWindows;
	}

	/**
	 * Tell that it was certainly waiting a moment ago, after {@link #isServing()}.
	 */
	void waited() {
		this.waitedAt = System.nanoTime();
		this.waited = isServingTheSame();
	}

	/**
	 * Whether it was {@linkplain #waited() waiting} while it served the request.
	 * @return whether it was
	 */
	boolean hasWaited() {
		return this.waited;
	}

	/**
	 * Return when it was waiting.
	 * @return the time, of {@link System#nanoTime()}
	 */
	long waitedAt() {
		return this.waitedAt;
	}

	void cpuTime(long cpuTime) {
		this.cpuTimeBefore = this.cpuTime;
		this.cpuTime = cpuTime;
	}

	long cpuTime() {
		return this.cpuTime;
	}

	/**
	 * Return how much CPU time it has spent since it was last looked at.
	 * @return the time in ns, or -1 if it is not known
	 */
	long cpuTimeSpent() {
		return (this.cpuTime < 0 || this.cpuTimeBefore < 0) ? -1 : this.cpuTime - this.cpuTimeBefore;
	}

}
