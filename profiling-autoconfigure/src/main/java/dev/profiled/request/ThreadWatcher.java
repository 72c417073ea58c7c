package dev.profiled.request;

/**
 * Watches the threads that serve profiled requests. Called by those threads: must be
 * quick, must not block and not throw.
 */
public interface ThreadWatcher {

	/**
	 * A thread is about to serve its first profiled request, or did so before the watcher
	 * came. May be called more than once for a thread.
	 * @param thread the thread
	 */
	void added(ServingThread thread);

	/**
	 * A thread has opened a window and had none open before.
	 */
	void opened();

}
