package dev.profiled.engine;

import java.time.Duration;
import java.util.List;

/**
 * Takes samples while profiled requests are served, finds the request of each, and folds
 * them into the repository. Thread-safe. No method throws for what the platform lacks:
 * that is what {@link #status()} is for.
 */
public interface ProfilerEngine extends AutoCloseable {

	/**
	 * There is something to profile: load the native library and arm the session, in the
	 * background. Does nothing when called again.
	 */
	void start();

	/**
	 * Return what the profiler does and what limits it.
	 * @return the status
	 */
	EngineStatus status();

	/**
	 * Return what was counted so far.
	 * @return the statistics
	 */
	EngineStatistics statistics();

	/**
	 * Bring the repository up to date: requests that ended before the call are in it when
	 * this returns, unless the time ran out.
	 * @param timeout how long to wait
	 * @return whether the repository is up to date
	 */
	boolean harvest(Duration timeout);

	/**
	 * Begin to gather what all threads of the process do, whether or not they serve
	 * profiled requests. Starts the profiler if that was not done, and waits for it.
	 * @param name what the capture is called, for others to see
	 * @param longest after which time it is given up if nobody ends it
	 * @param recording whether it is to be a recording, rather than samples
	 * @return the capture
	 * @throws CaptureRefusedException if there are {@value Captures#MAX} already, or the
	 * profiler does not run
	 */
	ProcessCapture capture(String name, Duration longest, boolean recording) throws CaptureRefusedException;

	/**
	 * Return the captures under way.
	 * @return the captures
	 */
	List<ProcessCapture> captures();

	/**
	 * Stop the session, delete its files and end its thread. Does nothing when called
	 * again.
	 */
	@Override
	void close();

}
