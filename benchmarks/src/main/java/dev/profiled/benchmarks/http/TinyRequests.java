package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Shows where the time goes that an armed session takes from requests which do nothing,
 * at a constant rate: which threads have it, and whether in the JVM or in the kernel.
 * System properties: {@code rate}, {@code rounds}, {@code warmup}, {@code seconds},
 * {@code connections}, {@code path}, {@code jvm}. Linux only.
 */
public final class TinyRequests {

	private static final int RATE = Integer.getInteger("rate", 5_000);

	private static final int ROUNDS = Integer.getInteger("rounds", 7);

	private static final int WARM_UP = Integer.getInteger("warmup", 30);

	private static final int SECONDS = Integer.getInteger("seconds", 15);

	private static final int CONNECTIONS = Integer.getInteger("connections", 16);

	private static final String PATH = System.getProperty("path", "/empty");

	private static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.LOADED, Arm.UNANNOTATED, Arm.ARMED,
			Arm.ANNOTATED);

	private final Load load = SocketLoad.at(RATE);

	private final Map<Arm, List<ThreadTimes>> rounds = new EnumMap<>(Arm.class);

	private TinyRequests() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		TinyRequests benchmark = new TinyRequests();
		try (Servers servers = new Servers()) {
			for (Arm arm : ARMS) {
				Load.available().run(servers.start(arm).port(), PATH, CONNECTIONS, WARM_UP);
			}
			for (int round = 0; round < ROUNDS; round++) {
				System.out.println("Round " + (round + 1) + " of " + ROUNDS);
				benchmark.measure(servers, round);
			}
			benchmark.report(servers.get(Arm.ANNOTATED).status());
		}
	}

	private void measure(Servers servers, int round) throws IOException, InterruptedException {
		List<Arm> order = Arm.inTurn(ARMS, round);
		for (Arm arm : order) {
			ServerProcess server = servers.get(arm);
			ThreadTimes before = ThreadTimes.of(server.pid());
			Load.Result result = this.load.run(server.port(), PATH, CONNECTIONS, SECONDS);
			ThreadTimes used = ThreadTimes.of(server.pid()).since(before);
			this.rounds.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(used);
			System.out.printf("  %-12s %.0f/s, p50 %.3f ms, %.2f %%%n", arm, result.perSecond(), result.p50(),
					used.percent(SECONDS));
		}
	}

	private void report(String status) throws IOException {
		Report report = new Report("tiny-requests",
				"java -cp benchmarks/target/benchmarks.jar " + TinyRequests.class.getName());
		report.line("");
		report.line("%d rounds of %d s after %d s of warm-up, %d requests/s of `%s` on %d connections.", ROUNDS,
				SECONDS, WARM_UP, RATE, PATH, CONNECTIONS);
		report.line("Percent of one processor, median of the rounds.");
		Set<String> groups = new TreeSet<>();
		this.rounds.values().forEach((rounds) -> rounds.forEach((times) -> groups.addAll(times.groups())));
		List<String> header = new ArrayList<>(List.of("", "all", "ratio", "difference"));
		header.addAll(groups);
		report.header(header.toArray(String[]::new));
		Ratios control = Ratios.of(totals(Arm.CONTROL), totals(Arm.BARE));
		for (Arm arm : ARMS) {
			Ratios ratios = Ratios.of(totals(arm), totals(Arm.BARE));
			boolean compared = arm != Arm.BARE && arm != Arm.CONTROL;
			List<Object> row = new ArrayList<>(List.of(arm.title(), "%.2f".formatted(Ratios.median(totals(arm))),
					(arm != Arm.BARE) ? ratios : "1", compared ? ratios.verdict(control) : ""));
			groups.forEach((group) -> row.add(share(arm, group)));
			report.row(row.toArray());
		}
		report.line("").line("* every request profiled: %s", status);
		report.publish();
	}

	private List<Double> totals(Arm arm) {
		return rounds(arm).stream().map((times) -> times.percent(SECONDS)).toList();
	}

	private String share(Arm arm, String group) {
		return "%.2f"
			.formatted(Ratios.median(rounds(arm).stream().map((times) -> times.percent(group, SECONDS)).toList()));
	}

	private List<ThreadTimes> rounds(Arm arm) {
		return this.rounds.getOrDefault(arm, List.of());
	}

}
