package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.UnprofiledHandlers;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Compares the CPU time of profiled requests with that of the same ones while the session
 * is off, in two servers that are under load at the same time: whatever else slows the
 * machine slows both. They take turns at being the one that profiles, so that what one of
 * the two JVMs does better by itself cancels out, and turns at which neither does, for
 * control. Rates and latencies are not compared: both want the same processors. System
 * properties: {@code arms}, {@code arguments} (of the application), {@code rounds},
 * {@code warmup} (an eighth of it), {@code settle} and {@code seconds} (of a turn),
 * {@code path}, {@code connections} (of each), {@code jvm} (arguments of the JVM).
 */
public final class SideBySide {

	private static final int ROUNDS = Integer.getInteger("rounds", 8);

	private static final int WARM_UP = Integer.getInteger("warmup", 16);

	private static final int PASSES = 4;

	private static final int SETTLE = Integer.getInteger("settle", 4);

	private static final int SECONDS = Integer.getInteger("seconds", 6);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final String PATH = System.getProperty("path", "/report");

	private static final List<Arm> ARMS = Stream.of(System.getProperty("arms", "ANNOTATED,ONE_PLACE").split(","))
		.map(Arm::valueOf)
		.toList();

	private static final String[] ARGUMENTS = (System.getProperty("arguments", "") + " --profiling.idle-timeout=2s")
		.trim()
		.split(" ");

	private static final Load LOAD = Load.available();

	private static final String CONTROL = "not profiled, beside the same (control)";

	private final ExecutorService executor;

	private final List<ServerProcess> servers;

	private final Map<String, List<Pair>> rounds = new LinkedHashMap<>();

	private SideBySide(ExecutorService executor, List<ServerProcess> servers) {
		this.executor = executor;
		this.servers = servers;
	}

	public static void main(String[] args) throws Exception {
		Report report = new Report("side-by-side",
				"java -cp benchmarks/target/benchmarks.jar " + SideBySide.class.getName());
		report.line("");
		report.line("%d rounds of 4 turns of %d s, `%s`, %d connections to each server, load by %s.", ROUNDS, SECONDS,
				PATH, CONNECTIONS, LOAD.name());
		report.line("CPU of a server in µs per request, but for the threads that compile; ratios to what ran beside "
				+ "it, as mean ± twice the standard error.");
		report.header("", "CPU", "of it our own threads", "CPU ratio");
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			for (Arm arm : ARMS) {
				try (Servers servers = new Servers()) {
					SideBySide benchmark = new SideBySide(executor,
							List.of(servers.start(Arm.LOADED), servers.start(Arm.LOADED)));
					benchmark.compare(arm);
					benchmark.describe(report);
				}
			}
		}
		finally {
			executor.shutdown();
		}
		report.publish();
	}

	private void compare(Arm arm) throws Exception {
		for (ServerProcess server : this.servers) {
			server.serve(arm, ARGUMENTS);
		}
		// by turns: harvests and the start of a session are to be compiled, too
		for (int pass = 0; pass < PASSES; pass++) {
			run(true, true, WARM_UP);
			run(false, false, WARM_UP);
		}
		for (int round = 0; round < ROUNDS; round++) {
			System.out.println(arm + ": round " + (round + 1) + " of " + ROUNDS);
			add(arm.title(), measure(true, false), measure(false, true));
			add(CONTROL + ", " + arm.title(), measure(false, false), measure(false, false));
		}
	}

	// Geometric means: what is the servers' own, and not that of what they do, cancels
	// out.
	private void add(String name, List<Measured> one, List<Measured> swapped) {
		Pair pair = new Pair(mean(one.get(0).cpu(), swapped.get(1).cpu()), mean(one.get(1).cpu(), swapped.get(0).cpu()),
				mean(one.get(0).own(), swapped.get(1).own()));
		System.out.printf("  %-70s %.4f%n", name, pair.cpu / pair.beside);
		this.rounds.computeIfAbsent(name, (key) -> new ArrayList<>()).add(pair);
	}

	private static double mean(double one, double other) {
		return Math.sqrt(one * other);
	}

	private List<Measured> measure(boolean firstProfiled, boolean secondProfiled) throws Exception {
		do {
			run(firstProfiled, secondProfiled, SETTLE);
		}
		while (isIdle(0) == firstProfiled || isIdle(1) == secondProfiled);
		return run(firstProfiled, secondProfiled, SECONDS);
	}

	private boolean isIdle(int server) throws IOException, InterruptedException {
		return this.servers.get(server).ask(Server.STATE).equals("IDLE");
	}

	private List<Measured> run(boolean firstProfiled, boolean secondProfiled, int seconds)
			throws InterruptedException, ExecutionException {
		List<Measured> measured = new ArrayList<>();
		for (Future<Measured> side : this.executor
			.invokeAll(List.of(side(0, firstProfiled, seconds), side(1, secondProfiled, seconds)))) {
			measured.add(side.get());
		}
		return measured;
	}

	private Callable<Measured> side(int server, boolean profiled, int seconds) {
		String path = profiled ? PATH : UnprofiledHandlers.PREFIX + PATH;
		return () -> Measured.take(this.servers.get(server), LOAD, path, CONNECTIONS, seconds);
	}

	private void describe(Report report) {
		this.rounds.forEach((name, pairs) -> {
			List<Double> cpu = pairs.stream().map(Pair::cpu).toList();
			report.row(name, "%.1f".formatted(Ratios.median(cpu)),
					"%.1f".formatted(Ratios.median(pairs.stream().map(Pair::own).toList())),
					Ratios.of(cpu, pairs.stream().map(Pair::beside).toList()).meanAndError());
		});
	}

	/**
	 * CPU times of a request in us.
	 *
	 * @param cpu what was measured
	 * @param beside what was measured at the same time
	 * @param own what our own threads have of the former
	 */
	private record Pair(double cpu, double beside, double own) {

	}

}
