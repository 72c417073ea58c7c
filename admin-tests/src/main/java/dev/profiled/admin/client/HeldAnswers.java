package dev.profiled.admin.client;

/**
 * Requests whose answers are held back, at one path at a time.
 */
final class HeldAnswers {

	private String path = "";

	private int waiting;

	synchronized void hold(String path) {
		this.path = path;
	}

	/**
	 * Wait as long as answers at a path are held back.
	 * @param path the path
	 * @return whether there was anything to wait for; then {@link #given()} has to follow
	 */
	synchronized boolean await(String path) {
		if (!isHeld(path)) {
			return false;
		}
		this.waiting++;
		while (isHeld(path)) {
			pause();
		}
		return true;
	}

	synchronized void given() {
		this.waiting--;
		notifyAll();
	}

	/**
	 * Let all answers go, and wait until they have been given.
	 */
	synchronized void release() {
		this.path = "";
		notifyAll();
		while (this.waiting > 0) {
			pause();
		}
	}

	private boolean isHeld(String path) {
		return !this.path.isEmpty() && path.endsWith(this.path);
	}

	private void pause() {
		try {
			wait();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
