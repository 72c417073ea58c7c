package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Load by threads of this JVM, at a given rate or as fast as the server answers.
 */
final class SocketLoad implements Load {

	private final int requestsPerSecond;

	private SocketLoad(int requestsPerSecond) {
		this.requestsPerSecond = requestsPerSecond;
	}

	static SocketLoad saturating() {
		return new SocketLoad(0);
	}

	static SocketLoad at(int requestsPerSecond) {
		return new SocketLoad(requestsPerSecond);
	}

	@Override
	public String name() {
		return "a JVM";
	}

	@Override
	public Result run(int port, String path, int connections, int seconds) throws IOException, InterruptedException {
		long interval = (this.requestsPerSecond > 0) ? TimeUnit.SECONDS.toNanos(connections) / this.requestsPerSecond
				: 0;
		long start = System.nanoTime();
		long end = start + TimeUnit.SECONDS.toNanos(seconds);
		List<Callable<List<Long>>> clients = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			long first = start + interval * i / connections;
			clients.add(() -> send(port, path, first, interval, end));
		}
		ExecutorService executor = Executors.newFixedThreadPool(connections);
		try {
			List<Long> latencies = new ArrayList<>();
			for (Future<List<Long>> client : executor.invokeAll(clients)) {
				latencies.addAll(client.get());
			}
			double took = (System.nanoTime() - start) / 1e9;
			latencies.sort(null);
			return new Result(latencies.size(), took, percentile(latencies, 50), percentile(latencies, 99));
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static double percentile(List<Long> sorted, int percent) {
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() * percent / 100) / 1e6;
	}

	// A request that is late is sent at once, so that the rate holds on average.
	private static List<Long> send(int port, String path, long first, long interval, long end) throws IOException {
		List<Long> latencies = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(port, path)) {
			for (long next = first; next - end < 0; next += interval) {
				await(next);
				long sent = System.nanoTime();
				if (sent - end >= 0) {
					break;
				}
				connection.request();
				latencies.add(System.nanoTime() - sent);
			}
		}
		return latencies;
	}

	private static void await(long moment) {
		for (long wait = moment - System.nanoTime(); wait > 0; wait = moment - System.nanoTime()) {
			LockSupport.parkNanos(wait);
		}
	}

}
