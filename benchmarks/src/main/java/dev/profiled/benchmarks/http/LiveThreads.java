package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.UnprofiledHandlers;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Shows what an armed session costs while nothing is profiled, by the number of threads
 * that live and do nothing: of requests that are not profiled, and of an application that
 * has none but one every few seconds: a profiled one where the session is to stay armed,
 * and one that is not where it is off. All turns are in one application that runs all the
 * time. System properties: {@code threads}, {@code rounds}, {@code warmup},
 * {@code settle}, {@code seconds} (of a turn's load), {@code idle} (seconds without
 * load), {@code path}, {@code connections}, {@code jvm}.
 */
public final class LiveThreads {

	private static final List<String> THREADS = List.of(System.getProperty("threads", "50,2000").split(","));

	private static final int ROUNDS = Integer.getInteger("rounds", 6);

	private static final int WARM_UP = Integer.getInteger("warmup", 30);

	private static final int SETTLE = Integer.getInteger("settle", 2);

	private static final int SECONDS = Integer.getInteger("seconds", 5);

	private static final int IDLE = Integer.getInteger("idle", 15);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final String PATH = System.getProperty("path", "/report");

	private static final int IDLE_TIMEOUT = 10;

	private static final String OFF = "session off";

	private static final String CONTROL = "session off, again (control)";

	private static final String ARMED = "session armed";

	private final Load load = Load.available();

	// CPU time in us of a request
	private final Map<String, List<Double>> loaded = new LinkedHashMap<>();

	private final Map<String, List<ThreadTimes>> idle = new LinkedHashMap<>();

	private LiveThreads() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Report report = new Report("live-threads",
				"java -cp benchmarks/target/benchmarks.jar " + LiveThreads.class.getName());
		report.line("");
		report.line("%d turns each of %d s under load of `%s` and %d s without, %d connections, load by %s.", ROUNDS,
				SECONDS, PATH, IDLE, CONNECTIONS, Load.available().name());
		report.line("CPU of the server; ratios to the mean of both without a session in the same round, as mean ± "
				+ "twice the standard error. Without load in percent of a processor. "
				+ "But for the threads that compile.");
		for (String threads : THREADS) {
			LiveThreads benchmark = new LiveThreads();
			try (Servers servers = new Servers()) {
				benchmark.measure(servers.start(Arm.LOADED), threads);
			}
			benchmark.describe(threads, report);
		}
		report.publish();
	}

	private void measure(ServerProcess server, String threads) throws IOException, InterruptedException {
		server.ask(Server.THREADS + threads);
		server.serve(Arm.ANNOTATED, "--profiling.idle-timeout=" + IDLE_TIMEOUT + "s");
		this.load.run(server.port(), PATH, CONNECTIONS, WARM_UP);
		this.load.run(server.port(), UnprofiledHandlers.PREFIX + PATH, CONNECTIONS, WARM_UP);
		for (int round = 0; round < ROUNDS; round++) {
			System.out.println("Round " + (round + 1) + " of " + ROUNDS + ", " + threads + " threads");
			if (round % 2 == 0) {
				measure(server, ARMED, PATH);
				measureOff(server);
			}
			else {
				measureOff(server);
				measure(server, ARMED, PATH);
			}
		}
	}

	private void measureOff(ServerProcess server) throws IOException, InterruptedException {
		while (!server.ask(Server.STATE).equals("IDLE")) {
			Thread.sleep(1000);
		}
		measure(server, OFF, UnprofiledHandlers.PREFIX + PATH);
		measure(server, CONTROL, UnprofiledHandlers.PREFIX + PATH);
	}

	private void measure(ServerProcess server, String session, String visited)
			throws IOException, InterruptedException {
		String path = UnprofiledHandlers.PREFIX + PATH;
		visit(server, visited, 0);
		this.load.run(server.port(), path, CONNECTIONS, SETTLE);
		double loaded = Measured.take(server, this.load, path, CONNECTIONS, SECONDS).cpu();
		visit(server, visited, SETTLE);
		ThreadTimes before = ThreadTimes.of(server.pid());
		for (int visit = 0; visit < 3; visit++) {
			visit(server, visited, IDLE / 3);
		}
		ThreadTimes idle = ThreadTimes.of(server.pid()).since(before);
		String state = server.ask(Server.STATE);
		if (state.equals("IDLE") == session.equals(ARMED)) {
			throw new IOException(session + ": " + state);
		}
		System.out.printf("  %-30s %.1f us, idle %.2f %%, of it the compiler %.2f, Profiled %.2f%n", session, loaded,
				idle.percent(IDLE), idle.percent(ThreadTimes.COMPILER, IDLE), idle.percent(ThreadTimes.PROFILED, IDLE));
		this.loaded.computeIfAbsent(session, (key) -> new ArrayList<>()).add(loaded);
		this.idle.computeIfAbsent(session, (key) -> new ArrayList<>()).add(idle);
	}

	private static void visit(ServerProcess server, String path, int seconds) throws IOException, InterruptedException {
		try (HttpConnection connection = new HttpConnection(server.port(), path)) {
			connection.request();
		}
		Thread.sleep(seconds * 1000L);
	}

	private void describe(String threads, Report report) {
		report.header(threads + " threads that do nothing", "µs per request", "ratio", "without load (min – max)",
				"of it our own threads", "compiler, not counted");
		List<Double> off = Ratios.means(values(this.loaded, OFF), values(this.loaded, CONTROL));
		for (String session : List.of(OFF, CONTROL, ARMED)) {
			List<Double> idle = idle(session,
					(times) -> times.percent(IDLE) - times.percent(ThreadTimes.COMPILER, IDLE));
			report.row(session, "%.1f".formatted(Ratios.median(values(this.loaded, session))),
					Ratios.of(values(this.loaded, session), off).meanAndError(),
					"%.2f (%.2f – %.2f)".formatted(Ratios.median(idle), Collections.min(idle), Collections.max(idle)),
					median(session, ThreadTimes.PROFILED), median(session, ThreadTimes.COMPILER));
		}
	}

	private String median(String session, String group) {
		return "%.2f".formatted(Ratios.median(idle(session, (times) -> times.percent(group, IDLE))));
	}

	private List<Double> idle(String session, ToDoubleFunction<ThreadTimes> figure) {
		return this.idle.getOrDefault(session, List.of()).stream().mapToDouble(figure).boxed().toList();
	}

	private static List<Double> values(Map<String, List<Double>> figures, String session) {
		return figures.getOrDefault(session, List.of());
	}

}
