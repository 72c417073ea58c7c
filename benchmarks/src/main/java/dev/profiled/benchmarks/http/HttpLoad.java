package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Report;

/**
 * Compares the arms over HTTP at saturation. Every server runs all the time and has its
 * turn in each round, in another order each time; after some rounds all are started anew,
 * since what the compiler made of one JVM stays with it. System properties:
 * {@code launches}, {@code rounds} (of a launch), {@code warmup} and {@code seconds} (of
 * a server and a path), {@code paths}, {@code connections}, {@code jvm} (arguments of the
 * servers' JVMs).
 */
public final class HttpLoad {

	private static final int LAUNCHES = Integer.getInteger("launches", 4);

	private static final int ROUNDS = Integer.getInteger("rounds", 3);

	private static final int WARM_UP = Integer.getInteger("warmup", 45);

	private static final int SECONDS = Integer.getInteger("seconds", 8);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final List<String> PATHS = List.of(System.getProperty("paths", "/report,/list,/empty").split(","));

	private static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.LOADED, Arm.UNANNOTATED, Arm.ANNOTATED);

	private static final List<Arm> ONE_BY_ONE = List.of(Arm.BARE, Arm.START_STOP);

	private final Load load = Load.available();

	private final Map<String, Comparison> comparisons = new LinkedHashMap<>();

	private final List<String> statuses = new ArrayList<>();

	private HttpLoad() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		HttpLoad benchmark = new HttpLoad();
		for (int launch = 0; launch < LAUNCHES; launch++) {
			System.out.println("Launch " + (launch + 1) + " of " + LAUNCHES);
			try (Servers servers = new Servers()) {
				benchmark.launch(servers, launch);
			}
		}
		benchmark.report();
	}

	private void launch(Servers servers, int launch) throws IOException, InterruptedException {
		for (Arm arm : Arm.inTurn(ARMS, launch)) {
			warmUp(servers.start(arm), CONNECTIONS);
		}
		warmUp(servers.start(Arm.START_STOP), 1);
		for (int round = 0; round < ROUNDS; round++) {
			for (String path : PATHS) {
				System.out.println("Round " + (round + 1) + " of " + ROUNDS + ", " + path);
				measure(servers, ARMS, launch, round, path, CONNECTIONS, "");
				// one profiler serves one request at a time
				measure(servers, ONE_BY_ONE, launch, round, path, 1, ", one connection");
			}
		}
		this.statuses.add(servers.get(Arm.ANNOTATED).status());
	}

	private void warmUp(ServerProcess server, int connections) throws IOException, InterruptedException {
		for (String path : PATHS) {
			this.load.run(server.port(), path, connections, WARM_UP);
		}
	}

	private void measure(Servers servers, List<Arm> arms, int launch, int round, String path, int connections,
			String suffix) throws IOException, InterruptedException {
		Map<Arm, Measured> measured = new EnumMap<>(Arm.class);
		for (Arm arm : Arm.inTurn(arms, launch * ROUNDS + round)) {
			measured.put(arm, measure(servers.get(arm), path, connections));
		}
		this.comparisons.computeIfAbsent("`" + path + "`" + suffix, (key) -> new Comparison()).add(launch, measured);
	}

	private Measured measure(ServerProcess server, String path, int connections)
			throws IOException, InterruptedException {
		long before = server.cpuNanos();
		Load.Result result = this.load.run(server.port(), path, connections, SECONDS);
		Measured measured = Measured.of(result, server.cpuNanos() - before);
		System.out.printf("  %-12s %8.0f/s, p50 %.3f ms, p99 %.3f ms, cpu %.1f us%n", server.arm(), measured.rate(),
				measured.p50(), measured.p99(), measured.cpu());
		return measured;
	}

	private void report() throws IOException {
		Report report = new Report("http", "java -cp benchmarks/target/benchmarks.jar " + HttpLoad.class.getName());
		report.line("");
		report.line("%d launches of %d rounds, %d s each after %d s of warm-up, %d connections, load by %s.", LAUNCHES,
				ROUNDS, SECONDS, WARM_UP, CONNECTIONS, this.load.name());
		report.line("Latencies in ms, CPU of the server in µs per request; ratios to no starter in the same launch, "
				+ "as median (min – max) of the launches.");
		this.comparisons.forEach((title, comparison) -> comparison.describe(title, report));
		report.line("");
		this.statuses.forEach((status) -> report.line("* every request profiled: %s", status));
		report.publish();
	}

}
