package dev.profiled.benchmarks.http;

import java.io.IOException;

/**
 * One measurement of a server.
 *
 * @param rate the requests per second
 * @param p50 the median latency in ms
 * @param p99 the latency that one in a hundred exceeded, in ms
 * @param cpu the CPU time of a request in us: that of all threads of the server, but for
 * those that compile it, since that ends some day
 * @param own what our own threads have of it
 */
record Measured(double rate, double p50, double p99, double cpu, double own) {

	/**
	 * Put a server under load and measure.
	 * @param server the server
	 * @param load the load
	 * @param path the path
	 * @param connections the number of connections
	 * @param seconds for how long
	 * @return the measurement
	 * @throws IOException if a request failed
	 * @throws InterruptedException if this thread is interrupted
	 */
	static Measured take(ServerProcess server, Load load, String path, int connections, int seconds)
			throws IOException, InterruptedException {
		ThreadTimes before = ThreadTimes.of(server.pid());
		Load.Result result = load.run(server.port(), path, connections, seconds);
		if (result.requests() == 0) {
			throw new IOException("No request was answered");
		}
		ThreadTimes times = ThreadTimes.of(server.pid()).since(before);
		double micros = 1e3 * result.requests();
		return new Measured(result.perSecond(), result.p50(), result.p99(),
				(times.nanos() - times.nanos(ThreadTimes.COMPILER)) / micros,
				times.nanos(ThreadTimes.PROFILED) / micros);
	}

	static Measured mean(Measured one, Measured other) {
		return new Measured((one.rate + other.rate) / 2, (one.p50 + other.p50) / 2, (one.p99 + other.p99) / 2,
				(one.cpu + other.cpu) / 2, (one.own + other.own) / 2);
	}

}
