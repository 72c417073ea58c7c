package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A load that goes on until it is closed.
 */
final class LongLoad implements AutoCloseable {

	private static final int SECONDS = 10;

	private final FutureTask<Void> task;

	private volatile boolean closed;

	private LongLoad(int port, String path, int connections) {
		this.task = new FutureTask<>(() -> run(port, path, connections), null);
	}

	static LongLoad start(int port, String path, int connections) {
		LongLoad load = new LongLoad(port, path, connections);
		Thread thread = new Thread(load.task);
		thread.setDaemon(true);
		thread.start();
		return load;
	}

	private void run(int port, String path, int connections) {
		try {
			while (!this.closed) {
				Load.available().run(port, path, connections, SECONDS);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void requireRunning() {
		if (this.task.isDone()) {
			throw new IllegalStateException("The load has ended");
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		try {
			this.task.get();
		}
		catch (ExecutionException ex) {
			throw new IOException("The load failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
