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
 * has none. Each number of threads has an application that runs all the time, and all are
 * left alone at the same time. System properties: {@code threads}, {@code rounds},
 * {@code warmup}, {@code settle}, {@code seconds} (of a turn's load), {@code idle}
 * (seconds without load), {@code path}, {@code connections}, {@code jvm}.
 */
public final class LiveThreads {

	private static final String THREADS = System.getProperty("threads", "50,2000");

	private static final int ROUNDS = Integer.getInteger("rounds", 6);

	private static final int WARM_UP = Integer.getInteger("warmup", 30);

	private static final int SETTLE = Integer.getInteger("settle", 2);

	private static final int SECONDS = Integer.getInteger("seconds", 5);

	private static final int IDLE = Integer.getInteger("idle", 60);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final String PATH = System.getProperty("path", "/report");

	private static final String UNPROFILED = UnprofiledHandlers.PREFIX + PATH;

	private static final String OFF = "session off";

	private static final String CONTROL = "session off, again (control)";

	private static final String ARMED = "session armed";

	private static final Load LOAD = Load.available();

	private final String threads;

	private final ServerProcess server;

	// CPU time in us of a request
	private final Map<String, List<Double>> loaded = new LinkedHashMap<>();

	private final Map<String, List<ThreadTimes>> idle = new LinkedHashMap<>();

	private LiveThreads(String threads, ServerProcess server) {
		this.threads = threads;
		this.server = server;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Report report = new Report("live-threads",
				"java -cp benchmarks/target/benchmarks.jar " + LiveThreads.class.getName());
		report.line("");
		report.line("%d turns each of %d s under load of `%s` and %d s without, %d connections, load by %s.", ROUNDS,
				SECONDS, PATH, IDLE, CONNECTIONS, LOAD.name());
		report.line("CPU of the server; ratios to the mean of both without a session in the same round, as mean ± "
				+ "twice the standard error. Without load in percent of a processor. The compiler's is left out.");
		try (Servers servers = new Servers()) {
			List<LiveThreads> benchmarks = new ArrayList<>();
			for (String threads : THREADS.split(",")) {
				benchmarks.add(new LiveThreads(threads, servers.start(Arm.LOADED)));
			}
			measure(benchmarks);
			benchmarks.forEach((benchmark) -> benchmark.describe(report));
		}
		report.publish();
	}

	private static void measure(List<LiveThreads> benchmarks) throws IOException, InterruptedException {
		for (LiveThreads benchmark : benchmarks) {
			benchmark.warmUp();
		}
		for (int round = 0; round < ROUNDS; round++) {
			System.out.println("Round " + (round + 1) + " of " + ROUNDS);
			for (String session : (round % 2 == 0) ? List.of(ARMED, OFF, CONTROL) : List.of(OFF, CONTROL, ARMED)) {
				measure(benchmarks, session);
			}
		}
	}

	private static void measure(List<LiveThreads> benchmarks, String session) throws IOException, InterruptedException {
		List<ThreadTimes> before = new ArrayList<>();
		for (LiveThreads benchmark : benchmarks) {
			benchmark.bring(session);
			LOAD.run(benchmark.server.port(), UNPROFILED, CONNECTIONS, SETTLE);
			benchmark.loaded.computeIfAbsent(session, (key) -> new ArrayList<>())
				.add(Measured.take(benchmark.server, LOAD, UNPROFILED, CONNECTIONS, SECONDS).cpu());
		}
		for (LiveThreads benchmark : benchmarks) {
			benchmark.bring(session);
		}
		Thread.sleep(SETTLE * 1000L);
		for (LiveThreads benchmark : benchmarks) {
			before.add(ThreadTimes.of(benchmark.server.pid()));
		}
		Thread.sleep(IDLE * 1000L);
		for (LiveThreads benchmark : benchmarks) {
			benchmark.wasIdle(session, before.remove(0));
		}
	}

	private void warmUp() throws IOException, InterruptedException {
		this.server.ask(Server.THREADS + this.threads);
		this.server.serve(Arm.ANNOTATED, "--profiling.idle-timeout=" + (IDLE + 3 * SETTLE + SECONDS) + "s");
		LOAD.run(this.server.port(), PATH, CONNECTIONS, WARM_UP);
		LOAD.run(this.server.port(), UNPROFILED, CONNECTIONS, WARM_UP);
	}

	private void bring(String session) throws IOException, InterruptedException {
		if (session.equals(ARMED)) {
			try (HttpConnection connection = new HttpConnection(this.server.port(), PATH)) {
				connection.request();
			}
			// which is harvested first
			this.server.ask(Server.STATUS);
		}
		else {
			while (isArmed()) {
				Thread.sleep(1000);
			}
		}
	}

	private boolean isArmed() throws IOException, InterruptedException {
		return !this.server.ask(Server.STATE).equals("IDLE");
	}

	private void wasIdle(String session, ThreadTimes before) throws IOException, InterruptedException {
		ThreadTimes idle = ThreadTimes.of(this.server.pid()).since(before);
		if (isArmed() != session.equals(ARMED)) {
			throw new IOException(session + ": " + this.server.ask(Server.STATE));
		}
		System.out.printf("  %4s threads, %-30s idle %.2f %%, of it the compiler %.2f, Profiled %.2f%n", this.threads,
				session, idle.percent(IDLE), idle.percent(ThreadTimes.COMPILER, IDLE),
				idle.percent(ThreadTimes.PROFILED, IDLE));
		this.idle.computeIfAbsent(session, (key) -> new ArrayList<>()).add(idle);
	}

	private void describe(Report report) {
		report.header(this.threads + " threads that do nothing", "µs per request", "ratio", "without load (min – max)",
				"of it our own threads", "compiler, not counted");
		List<Double> off = Ratios.means(this.loaded.get(OFF), this.loaded.get(CONTROL));
		for (String session : List.of(OFF, CONTROL, ARMED)) {
			List<Double> idle = idle(session,
					(times) -> times.percent(IDLE) - times.percent(ThreadTimes.COMPILER, IDLE));
			report.row(session, "%.1f".formatted(Ratios.median(this.loaded.get(session))),
					Ratios.of(this.loaded.get(session), off).meanAndError(),
					"%.2f (%.2f – %.2f)".formatted(Ratios.median(idle), Collections.min(idle), Collections.max(idle)),
					median(session, ThreadTimes.PROFILED), median(session, ThreadTimes.COMPILER));
		}
	}

	private String median(String session, String group) {
		return "%.2f".formatted(Ratios.median(idle(session, (times) -> times.percent(group, IDLE))));
	}

	private List<Double> idle(String session, ToDoubleFunction<ThreadTimes> figure) {
		return this.idle.get(session).stream().mapToDouble(figure).boxed().toList();
	}

}
