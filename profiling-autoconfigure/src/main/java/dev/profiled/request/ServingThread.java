package dev.profiled.request;

import org.jspecify.annotations.Nullable;

/**
 * A thread that serves profiled requests, as others see it. For any thread.
 */
public interface ServingThread {

	/**
	 * Return the thread.
	 * @return the thread
	 */
	Thread thread();

	/**
	 * Whether it is a virtual thread.
	 * @return whether it is
	 */
	boolean isVirtual();

	/**
	 * Return the operating system's id of the thread.
	 * @return the id, or 0 if it is not known
	 */
	long nativeId();

	/**
	 * Return the window that is open now, of several the innermost.
	 * @return the window, or {@code null} if the thread serves no profiled request
	 */
	@Nullable RequestWindow openWindow();

	/**
	 * Return how many windows the thread has opened. If that and the open window are the
	 * same at two moments, no other was open in between.
	 * @return the number, which may overflow
	 */
	int openedWindows();

}
