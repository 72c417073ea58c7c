package dev.profiled.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import one.profiler.AsyncProfiler;

import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;
import dev.profiled.benchmarks.report.Turns;

/**
 * Shows what a session costs threads that do nothing but wait for each other: pairs of
 * them send each other a few bytes over the loopback, as a client and a server do. System
 * properties: {@code rounds}, {@code millis} (of a turn), {@code pairs}, {@code warmup}
 * (seconds).
 */
public final class ThreadSwitches {

	private static final int ROUNDS = Integer.getInteger("rounds", 20);

	private static final int MILLIS = Integer.getInteger("millis", 1500);

	private static final int PAIRS = Integer.getInteger("pairs", 16);

	private static final int WARM_UP = Integer.getInteger("warmup", 10);

	// what starting a session costs is not what having one costs
	private static final int SETTLE = 300;

	private static final int MESSAGE = 64;

	private static final String OFF = "no session";

	private static final String CONTROL = "no session, again (control)";

	private static final Map<String, String> SESSIONS = sessions();

	private final AsyncProfiler profiler = AsyncProfiler.getInstance();

	private final LongAdder roundTrips = new LongAdder();

	private final Map<String, List<Double>> cpu = new LinkedHashMap<>();

	private ThreadSwitches() {
	}

	// what the engine sends, see ProfilerCommand
	private static Map<String, String> sessions() {
		Map<String, String> sessions = new LinkedHashMap<>();
		sessions.put(OFF, "");
		sessions.put(CONTROL, "");
		sessions.put("perf events, every 19 ms", "event=cpu,interval=19236us");
		sessions.put("perf events, every 38 ms", "event=cpu,interval=38472us");
		sessions.put("timers, every 19 ms", "event=ctimer,interval=19236us");
		sessions.put("timers, allocations, locks", "event=ctimer,interval=19236us,alloc=16m,lock=9973us");
		return sessions;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		ThreadSwitches benchmark = new ThreadSwitches();
		Path recording = Files.createTempFile("thread-switches", ".jfr");
		try (ServerSocket server = new ServerSocket(0, PAIRS, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < PAIRS; i++) {
				benchmark.pair(new Socket(server.getInetAddress(), server.getLocalPort()), server.accept());
			}
			Thread.sleep(WARM_UP * 1000L);
			Turns.take(ROUNDS, SESSIONS.keySet(), (session) -> benchmark.measure(session, recording));
		}
		finally {
			Files.delete(recording);
		}
		benchmark.report();
	}

	private void pair(Socket client, Socket server) throws IOException {
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		start(() -> pass(server, false));
		start(() -> pass(client, true));
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

	private void pass(Socket socket, boolean first) {
		byte[] message = new byte[MESSAGE];
		try {
			if (first) {
				socket.getOutputStream().write(message);
			}
			while (socket.getInputStream().readNBytes(message, 0, MESSAGE) == MESSAGE) {
				if (first) {
					this.roundTrips.increment();
				}
				socket.getOutputStream().write(message);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void measure(String session, Path recording) throws IOException, InterruptedException {
		String options = SESSIONS.get(session);
		if (!options.isEmpty()) {
			this.profiler.execute("start," + options + ",clock=monotonic,jfropts=31,jfr,file=" + recording);
		}
		Thread.sleep(SETTLE);
		long before = this.roundTrips.sum();
		ProcessCpu start = ProcessCpu.now();
		Thread.sleep(MILLIS);
		double used = ProcessCpu.now().since(start).withoutCompiler() / 1e3;
		this.cpu.computeIfAbsent(session, (key) -> new ArrayList<>()).add(used / (this.roundTrips.sum() - before));
		if (!options.isEmpty()) {
			this.profiler.execute("stop");
		}
	}

	private void report() throws IOException {
		Report report = new Report("thread-switches",
				"java -cp benchmarks/target/benchmarks.jar " + ThreadSwitches.class.getName());
		report.line("");
		report
			.line("%d turns of %d ms each, %d pairs of threads; CPU of the process without the compiler in µs per round "
					+ "trip; its ratio to the mean of both without a session in the same round, as mean ± twice the "
					+ "standard error.", ROUNDS, MILLIS, PAIRS);
		report.header("", "CPU", "ratio");
		List<Double> bare = Ratios.means(this.cpu.get(OFF), this.cpu.get(CONTROL));
		SESSIONS.keySet()
			.forEach((session) -> report.row(session, "%.1f".formatted(Ratios.median(this.cpu.get(session))),
					Ratios.of(this.cpu.get(session), bare).meanAndError()));
		report.publish();
	}

}
