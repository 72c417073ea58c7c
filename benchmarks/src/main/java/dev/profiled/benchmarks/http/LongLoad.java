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

	private LongLoad(Load load, int port, String path, int connections) {
		this.task = new FutureTask<>(() -> run(load, port, path, connections), null);
	}

	static LongLoad start(Load load, int port, String path, int connections) {
		LongLoad started = new LongLoad(load, port, path, connections);
		Thread thread = new Thread(started.task);
		thread.setDaemon(true);
		thread.start();
		return started;
	}

	private void run(Load load, int port, String path, int connections) {
		try {
			while (!this.closed) {
				load.run(port, path, connections, SECONDS);
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
