package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Shows what an armed session costs while nothing is profiled, by the number of threads
 * that live and do nothing: of an application without requests, and of requests that are
 * not annotated. The arms have their turns in one JVM. System properties:
 * {@code threads}, {@code rounds}, {@code warmup}, {@code settle}, {@code seconds} (of a
 * turn's load), {@code idle} (seconds without a request), {@code path},
 * {@code connections}, {@code jvm}.
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

	private static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.ARMED, Arm.ANNOTATED);

	private final Load load = Load.available();

	private final Random random = new Random(42);

	// CPU time in us of a request, and in percent of a processor without requests
	private final Map<Arm, List<Double>> loaded = new EnumMap<>(Arm.class);

	private final Map<Arm, List<Double>> idle = new EnumMap<>(Arm.class);

	private LiveThreads() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Report report = new Report("live-threads",
				"java -cp benchmarks/target/benchmarks.jar " + LiveThreads.class.getName());
		report.line("");
		report.line("%d turns each of %d s under load of `%s` and %d s without, %d connections, load by %s.", ROUNDS,
				SECONDS, PATH, IDLE, CONNECTIONS, Load.available().name());
		report.line("CPU of the server; ratios to the mean of both without the starter in the same round, as mean ± "
				+ "twice the standard error.");
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
		for (Arm arm : List.of(Arm.LOADED, Arm.ANNOTATED)) {
			server.serve(arm);
			this.load.run(server.port(), PATH, CONNECTIONS, WARM_UP);
		}
		List<Arm> order = new ArrayList<>(ARMS);
		for (int round = 0; round < ROUNDS; round++) {
			System.out.println("Round " + (round + 1) + " of " + ROUNDS + ", " + threads + " threads");
			Collections.shuffle(order, this.random);
			for (Arm arm : order) {
				measure(server, arm);
			}
		}
	}

	private void measure(ServerProcess server, Arm arm) throws IOException, InterruptedException {
		server.serve(arm);
		this.load.run(server.port(), PATH, CONNECTIONS, SETTLE);
		long before = server.cpuNanos();
		Load.Result result = this.load.run(server.port(), PATH, CONNECTIONS, SECONDS);
		double loaded = Measured.of(result, server.cpuNanos() - before).cpu();
		Thread.sleep(SETTLE * 1000L);
		before = server.cpuNanos();
		Thread.sleep(IDLE * 1000L);
		double idle = (server.cpuNanos() - before) / 1e7 / IDLE;
		System.out.printf("  %-12s %.1f us, idle %.2f %%%n", arm, loaded, idle);
		this.loaded.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(loaded);
		this.idle.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(idle);
	}

	private void describe(String threads, Report report) {
		report.header(threads + " threads that do nothing", "µs per request", "ratio",
				"percent of a processor without requests (min – max)");
		List<Double> bare = Ratios.means(values(this.loaded, Arm.BARE), values(this.loaded, Arm.CONTROL));
		for (Arm arm : ARMS) {
			List<Double> idle = values(this.idle, arm);
			report.row(arm.title(), "%.1f".formatted(Ratios.median(values(this.loaded, arm))),
					Ratios.of(values(this.loaded, arm), bare).meanAndError(),
					"%.2f (%.2f – %.2f)".formatted(Ratios.median(idle), Collections.min(idle), Collections.max(idle)));
		}
	}

	private static List<Double> values(Map<Arm, List<Double>> figures, Arm arm) {
		return figures.getOrDefault(arm, List.of());
	}

}
