package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.UnprofiledHandlers;
import dev.profiled.benchmarks.report.Report;

/**
 * Compares profiled requests with the same ones while the session is off, over HTTP at
 * saturation, in one application that runs all the time: what the compiler made of the
 * code is the same for both, so that differences can be seen which are far smaller than
 * those between two JVMs, or between two starts of an application in one. The session
 * starts when profiled requests come and ends a while after the last. Then: what it would
 * cost to start and stop the profiler for each request. System properties: {@code arms},
 * {@code arguments} (of the application), {@code idle} (milliseconds after which the
 * session ends), {@code rounds}, {@code warmup} (a quarter of it), {@code settle} and
 * {@code seconds} (of a turn), {@code paths}, {@code connections}, {@code jvm} (arguments
 * of the JVM).
 */
public final class HttpLoad {

	private static final int ROUNDS = Integer.getInteger("rounds", 10);

	private static final int WARM_UP = Integer.getInteger("warmup", 15);

	private static final int PASSES = 4;

	private static final int SETTLE = Integer.getInteger("settle", 4);

	private static final int SECONDS = Integer.getInteger("seconds", 6);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final List<String> PATHS = List.of(System.getProperty("paths", "/report,/wait").split(","));

	private static final List<Arm> ARMS = Stream
		.of(System.getProperty("arms", "ANNOTATED,ONE_PLACE,START_STOP").split(","))
		.map(Arm::valueOf)
		.toList();

	private static final String[] ARGUMENTS = (System.getProperty("arguments", "") + " --profiling.idle-timeout="
			+ Integer.getInteger("idle", 2_000) + "ms")
		.trim()
		.split(" ");

	private static final String PROFILED = "profiled";

	private final Load load = Load.available();

	private final Map<String, Comparison> comparisons = new LinkedHashMap<>();

	private final List<String> statuses = new ArrayList<>();

	private HttpLoad() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		HttpLoad benchmark = new HttpLoad();
		for (Arm arm : ARMS) {
			try (Servers servers = new Servers()) {
				ServerProcess server = servers.start(Arm.LOADED);
				if (arm == Arm.START_STOP) {
					benchmark.startAndStop(server);
				}
				else {
					benchmark.compare(server, arm);
				}
			}
		}
		benchmark.report();
	}

	private void compare(ServerProcess server, Arm arm) throws IOException, InterruptedException {
		server.serve(arm, ARGUMENTS);
		for (String path : PATHS) {
			// by turns: harvests and the start of a session are to be compiled, too
			for (int pass = 0; pass < PASSES; pass++) {
				run(server, path, WARM_UP);
				run(server, UnprofiledHandlers.PREFIX + path, WARM_UP);
			}
			compare(server, path, comparison("`" + path + "`, " + arm.title()));
		}
		this.statuses.add(arm.title() + ": " + server.status());
	}

	// All rounds of a path, since what follows another path is slower for a while: each
	// turn is as long after that, and as often first.
	private void compare(ServerProcess server, String path, Comparison comparison)
			throws IOException, InterruptedException {
		for (int round = 0; round < ROUNDS; round++) {
			System.out.println("Round " + (round + 1) + " of " + ROUNDS);
			if (round % 2 == 0) {
				measureProfiled(server, path, comparison);
				measureUnprofiled(server, path, comparison);
			}
			else {
				measureUnprofiled(server, path, comparison);
				measureProfiled(server, path, comparison);
			}
		}
	}

	private void measureProfiled(ServerProcess server, String path, Comparison comparison)
			throws IOException, InterruptedException {
		run(server, path, SETTLE);
		// twice, too: what has served a path for longer serves it better
		Measured first = measure(server, path, CONNECTIONS);
		comparison.add(PROFILED, Measured.mean(first, measure(server, path, CONNECTIONS)));
	}

	private void measureUnprofiled(ServerProcess server, String path, Comparison comparison)
			throws IOException, InterruptedException {
		String unprofiled = UnprofiledHandlers.PREFIX + path;
		do {
			run(server, unprofiled, SETTLE);
		}
		while (!server.ask(Server.STATE).equals("IDLE"));
		comparison.add(Comparison.BASE, measure(server, unprofiled, CONNECTIONS));
		comparison.add(Comparison.CONTROL, measure(server, unprofiled, CONNECTIONS));
	}

	private void startAndStop(ServerProcess server) throws IOException, InterruptedException {
		String path = PATHS.get(0);
		Comparison comparison = comparison("`" + path + "`, one connection");
		for (int i = 0; i < 3; i++) {
			for (Arm arm : List.of(Arm.BARE, Arm.CONTROL, Arm.START_STOP)) {
				server.serve(arm);
				// one profiler serves one request at a time
				this.load.run(server.port(), path, 1, WARM_UP);
				String name = (arm == Arm.BARE) ? Comparison.BASE
						: (arm == Arm.CONTROL) ? Comparison.CONTROL : arm.title();
				comparison.add(name, measure(server, path, 1));
			}
		}
	}

	private Comparison comparison(String title) {
		return this.comparisons.computeIfAbsent(title, (key) -> new Comparison());
	}

	private void run(ServerProcess server, String path, int seconds) throws IOException, InterruptedException {
		this.load.run(server.port(), path, CONNECTIONS, seconds);
	}

	private Measured measure(ServerProcess server, String path, int connections)
			throws IOException, InterruptedException {
		Measured measured = Measured.take(server, this.load, path, connections, SECONDS);
		System.out.printf("  %-20s %8.0f/s, p50 %.3f ms, p99 %.3f ms, cpu %.1f us%n", path, measured.rate(),
				measured.p50(), measured.p99(), measured.cpu());
		return measured;
	}

	private void report() throws IOException {
		Report report = new Report("http", "java -cp benchmarks/target/benchmarks.jar " + HttpLoad.class.getName());
		report.line("");
		report.line("%d rounds, turns of %d s, %d connections, load by %s.", ROUNDS, SECONDS, CONNECTIONS,
				this.load.name());
		report.line("Latencies in ms, CPU of the server in µs per request, but for the threads that compile; "
				+ "ratios to the mean of both that are not profiled in the same round, as mean ± twice the standard "
				+ "error.");
		this.comparisons.forEach((title, comparison) -> comparison.describe(title, report));
		report.line("");
		this.statuses.forEach((status) -> report.line("* %s", status));
		report.publish();
	}

}
