package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Puts a server under load.
 */
interface Load {

	/**
	 * Send requests, on each connection the next as soon as the last was answered.
	 * @param port the server's port
	 * @param path the path
	 * @param connections the number of connections
	 * @param seconds for how long
	 * @return what came of it
	 * @throws IOException if a request failed
	 * @throws InterruptedException if this thread is interrupted
	 */
	Result run(int port, String path, int connections, int seconds) throws IOException, InterruptedException;

	String name();

	static Load available() {
		boolean wrk = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "wrk")));
		return wrk ? new WrkLoad() : SocketLoad.saturating();
	}

	/**
	 * What came of a load.
	 *
	 * @param requests the requests that were answered
	 * @param seconds the time it took
	 * @param p50 the median latency in ms
	 * @param p99 the latency that one in a hundred exceeded, in ms
	 */
	record Result(long requests, double seconds, double p50, double p99) {

		double perSecond() {
			return this.requests / this.seconds;
		}

	}

}
