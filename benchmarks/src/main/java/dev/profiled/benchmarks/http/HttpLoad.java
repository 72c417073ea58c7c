package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Report;

/**
 * Compares the arms over HTTP at saturation. They have their turns in one JVM, in another
 * order each round: each time the application is started anew, while what the compiler
 * made of the code stays, so that differences can be seen which are far smaller than
 * those between two JVMs. A turn is not measured while it settles, since starting a
 * session costs more than having one. System properties: {@code launches} (of a JVM),
 * {@code rounds} (of a launch), {@code warmup}, {@code settle} and {@code seconds} (of a
 * turn), {@code paths}, {@code connections}, {@code jvm} (arguments of the JVMs).
 */
public final class HttpLoad {

	/**
	 * So many are enough, and take as long as others.
	 */
	private static final int ROUNDS_ONE_BY_ONE = 2;

	private static final int LAUNCHES = Integer.getInteger("launches", 1);

	private static final int ROUNDS = Integer.getInteger("rounds", 8);

	private static final int WARM_UP = Integer.getInteger("warmup", 30);

	private static final int SETTLE = Integer.getInteger("settle", 8);

	private static final int SECONDS = Integer.getInteger("seconds", 8);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final List<String> PATHS = List.of(System.getProperty("paths", "/report,/wait").split(","));

	private static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.UNANNOTATED, Arm.ONE_PLACE, Arm.ANNOTATED);

	private static final List<Arm> ONE_BY_ONE = List.of(Arm.BARE, Arm.CONTROL, Arm.START_STOP);

	private final Load load = Load.available();

	private final Random random = new Random(42);

	private final Map<String, Comparison> comparisons = new LinkedHashMap<>();

	private final List<String> statuses = new ArrayList<>();

	private HttpLoad() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		HttpLoad benchmark = new HttpLoad();
		for (int launch = 0; launch < LAUNCHES; launch++) {
			System.out.println("Launch " + (launch + 1) + " of " + LAUNCHES);
			try (Servers servers = new Servers()) {
				benchmark.launch(servers.start(Arm.LOADED));
			}
		}
		benchmark.report();
	}

	private void launch(ServerProcess server) throws IOException, InterruptedException {
		for (Arm arm : List.of(Arm.LOADED, Arm.ANNOTATED)) {
			server.serve(arm);
			for (String path : PATHS) {
				this.load.run(server.port(), path, CONNECTIONS, WARM_UP);
			}
		}
		for (int round = 0; round < ROUNDS; round++) {
			for (String path : PATHS) {
				System.out.println("Round " + (round + 1) + " of " + ROUNDS + ", " + path);
				measure(server, ARMS, path, CONNECTIONS, "");
				if (round < ROUNDS_ONE_BY_ONE) {
					// one profiler serves one request at a time
					measure(server, ONE_BY_ONE, path, 1, ", one connection");
				}
			}
		}
	}

	private void measure(ServerProcess server, List<Arm> arms, String path, int connections, String suffix)
			throws IOException, InterruptedException {
		Map<Arm, Measured> measured = new EnumMap<>(Arm.class);
		List<Arm> order = new ArrayList<>(arms);
		Collections.shuffle(order, this.random);
		for (Arm arm : order) {
			measured.put(arm, measure(server, arm, path, connections));
		}
		this.comparisons.computeIfAbsent("`" + path + "`" + suffix, (key) -> new Comparison(arms)).add(measured);
	}

	private Measured measure(ServerProcess server, Arm arm, String path, int connections)
			throws IOException, InterruptedException {
		server.serve(arm);
		this.load.run(server.port(), path, connections, SETTLE);
		long before = server.cpuNanos();
		Load.Result result = this.load.run(server.port(), path, connections, SECONDS);
		Measured measured = Measured.of(result, server.cpuNanos() - before);
		System.out.printf("  %-12s %8.0f/s, p50 %.3f ms, p99 %.3f ms, cpu %.1f us%n", arm, measured.rate(),
				measured.p50(), measured.p99(), measured.cpu());
		if (arm == Arm.ANNOTATED) {
			this.statuses.add("`" + path + "`: " + server.status());
		}
		return measured;
	}

	private void report() throws IOException {
		Report report = new Report("http", "java -cp benchmarks/target/benchmarks.jar " + HttpLoad.class.getName());
		report.line("");
		report.line("%d JVMs, %d rounds each, turns of %d s, %d connections, load by %s.", LAUNCHES, ROUNDS, SECONDS,
				CONNECTIONS, this.load.name());
		report.line("Latencies in ms, CPU of the server in µs per request; ratios to the mean of both without the "
				+ "starter in the same round, as mean ± twice the standard error.");
		this.comparisons.forEach((title, comparison) -> comparison.describe(title, report));
		report.line("");
		this.statuses.stream()
			.skip(Math.max(0, this.statuses.size() - PATHS.size()))
			.forEach((status) -> report.line("* every request profiled, last turn of %s", status));
		report.publish();
	}

}
