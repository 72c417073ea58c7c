package dev.profiled.benchmarks.http;

/**
 * One measurement of a server.
 *
 * @param rate the requests per second
 * @param p50 the median latency in ms
 * @param p99 the latency that one in a hundred exceeded, in ms
 * @param cpu the CPU time of a request in us
 */
record Measured(double rate, double p50, double p99, double cpu) {

	static Measured of(Load.Result result, long cpuNanos) {
		if (result.requests() == 0) {
			throw new IllegalStateException("No request was answered");
		}
		return new Measured(result.perSecond(), result.p50(), result.p99(), cpuNanos / 1e3 / result.requests());
	}

}
