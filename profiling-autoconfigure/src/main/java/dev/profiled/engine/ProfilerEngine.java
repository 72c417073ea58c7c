package dev.profiled.engine;

import java.time.Duration;

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
	 * Stop the session, delete its files and end its thread. Does nothing when called
	 * again.
	 */
	@Override
	void close();

}
