package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;
import dev.profiled.benchmarks.report.Turns;

/**
 * Shows what an armed session costs by its interval and by what takes the samples. One
 * JVM is under load all the time while the profiler is started and stopped in it: what
 * the compiler made of it is the same for all, so that differences can be seen which are
 * far smaller than those between two JVMs. System properties: {@code rounds},
 * {@code warmup} (in seconds), {@code millis} (of a turn), {@code path},
 * {@code connections}, {@code jvm}.
 */
public final class ArmedSession {

	private static final int ROUNDS = Integer.getInteger("rounds", 8);

	private static final int WARM_UP = Integer.getInteger("warmup", 60);

	private static final int MILLIS = Integer.getInteger("millis", 8000);

	// what starting a session costs is not what having one costs
	private static final int SETTLE = 500;

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final String PATH = System.getProperty("path", "/report");

	private static final Load LOAD = Load.available();

	private static final String OFF = "no session";

	private static final String CONTROL = "no session, again (control)";

	// of memory, in MB
	private static final List<Integer> ALLOCATIONS = List.of(2, 4);

	private static final List<Integer> INTERVALS = List.of(9_618, 19_236, 38_472);

	private final Map<String, String> sessions = new LinkedHashMap<>();

	private final Map<String, List<Double>> cpu = new LinkedHashMap<>();

	private final Map<String, Long> samples = new LinkedHashMap<>();

	private ArmedSession(Path recording) {
		this.sessions.put(OFF, "");
		this.sessions.put(CONTROL, "");
		INTERVALS
			.forEach((micros) -> this.sessions.put("perf events, " + micros + " us", start("cpu", micros, recording)));
		this.sessions.put("timers, 19236 us", start("ctimer", 19_236, recording));
		ALLOCATIONS
			.forEach((megabytes) -> this.sessions.put("timers, 19236 us, allocations " + megabytes + " MB, locks",
					start("ctimer", 19_236, recording) + ",lock=9973us,alloc=" + megabytes + "m"));
	}

	// what the engine sends, see ProfilerCommand
	private static String start(String event, int micros, Path recording) {
		return "start,event=" + event + ",interval=" + micros + "us,clock=monotonic,jfropts=31,jfr,file=" + recording;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Path recording = Files.createTempFile("armed-session", ".jfr");
		try (Servers servers = new Servers()) {
			ArmedSession benchmark = new ArmedSession(recording);
			ServerProcess server = servers.start(Arm.COUNTED);
			try (LongLoad load = LongLoad.start(LOAD, server.port(), PATH, CONNECTIONS)) {
				Thread.sleep(WARM_UP * 1000L);
				Turns.take(ROUNDS, benchmark.sessions.entrySet(), (session) -> {
					load.requireRunning();
					benchmark.measure(server, session.getKey(), session.getValue());
				});
			}
			benchmark.report();
		}
		finally {
			Files.delete(recording);
		}
	}

	private void measure(ServerProcess server, String session, String start) throws IOException, InterruptedException {
		if (!start.isEmpty()) {
			String answer = server.ask(start);
			if (!answer.startsWith("Profiling started")) {
				throw new IOException(session + ": " + answer);
			}
		}
		Thread.sleep(SETTLE);
		long samplesBefore = Long.parseLong(server.ask(Server.SAMPLES));
		long requests = -Long.parseLong(server.ask(Server.REQUESTS));
		long nanos = -server.cpuNanos();
		Thread.sleep(MILLIS);
		nanos += server.cpuNanos();
		requests += Long.parseLong(server.ask(Server.REQUESTS));
		this.cpu.computeIfAbsent(session, (key) -> new ArrayList<>()).add(nanos / 1e3 / requests);
		if (!start.isEmpty()) {
			this.samples.merge(session, Long.parseLong(server.ask(Server.SAMPLES)) - samplesBefore, Long::sum);
			server.ask("stop");
		}
	}

	private void report() throws IOException {
		Report report = new Report("armed-session",
				"java -cp benchmarks/target/benchmarks.jar " + ArmedSession.class.getName());
		report.line("");
		report.line("%d turns of %d ms each, `%s`, %d connections, load by %s.", ROUNDS, MILLIS, PATH, CONNECTIONS,
				LOAD.name());
		report.line("CPU of the server in µs per request; its ratio to the mean of both without a session in the "
				+ "same round, as mean ± twice the standard error.");
		report.header("", "CPU", "ratio", "samples/s");
		List<Double> bare = Ratios.means(values(OFF), values(CONTROL));
		this.sessions.keySet().forEach((session) -> {
			Ratios ratios = Ratios.of(values(session), bare);
			report.row(session, "%.1f".formatted(Ratios.median(values(session))), ratios.meanAndError(),
					this.samples.getOrDefault(session, 0L) * 1000 / ROUNDS / MILLIS);
		});
		report.publish();
	}

	private List<Double> values(String session) {
		return this.cpu.getOrDefault(session, List.of());
	}

}
