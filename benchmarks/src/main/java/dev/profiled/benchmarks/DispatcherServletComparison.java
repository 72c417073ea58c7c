package dev.profiled.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Runs {@link DispatcherServletBenchmark} in rounds. A round has every arm, each in new
 * JVMs, one after the other and in another order each time, so that neither the machine's
 * moods nor what the compiler made of one JVM are taken for a difference. System
 * properties: {@code rounds}, {@code forks} (the JVMs of an arm in a round, whose mean
 * counts), {@code paths}.
 */
public final class DispatcherServletComparison {

	private static final int ROUNDS = Integer.getInteger("rounds", 5);

	private static final int FORKS = Integer.getInteger("forks", 2);

	private static final List<String> PATHS = List.of(System.getProperty("paths", "/empty,/report,/list").split(","));

	private static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.LOADED, Arm.UNANNOTATED, Arm.ANNOTATED);

	private final Map<Arm, List<Double>> time = new EnumMap<>(Arm.class);

	private final Map<Arm, List<Double>> cpu = new EnumMap<>(Arm.class);

	private DispatcherServletComparison() {
	}

	public static void main(String[] args) throws Exception {
		Map<String, DispatcherServletComparison> comparisons = new LinkedHashMap<>();
		for (int round = 0; round < ROUNDS; round++) {
			for (String path : PATHS) {
				System.out.println("Round " + (round + 1) + " of " + ROUNDS + ", " + path);
				comparisons.computeIfAbsent(path, (key) -> new DispatcherServletComparison()).run(path, round);
			}
		}
		Report report = new Report("dispatcher-servlet",
				"java -cp benchmarks/target/benchmarks.jar " + DispatcherServletComparison.class.getName());
		report.line("");
		report.line("%d rounds, %d JVMs each; µs per request, and ratios to no starter as median (min – max).", ROUNDS,
				FORKS);
		comparisons.forEach((path, comparison) -> comparison.describe(path, report));
		report.publish();
	}

	private void run(String path, int round) throws RunnerException {
		List<Arm> order = Arm.inTurn(ARMS, round);
		Map<Arm, double[]> sums = new EnumMap<>(Arm.class);
		for (int fork = 0; fork < FORKS; fork++) {
			for (Arm arm : order) {
				BenchmarkResult result = measure(arm, path);
				double[] sum = sums.computeIfAbsent(arm, (key) -> new double[2]);
				sum[0] += result.getPrimaryResult().getScore();
				sum[1] += result.getSecondaryResults().get(CpuTimeProfiler.RESULT).getScore();
			}
		}
		sums.forEach((arm, sum) -> {
			this.time.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(sum[0] / FORKS);
			this.cpu.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(sum[1] / FORKS);
			System.out.printf("  %-12s %8.2f us, cpu %8.2f us%n", arm, sum[0] / FORKS, sum[1] / FORKS);
		});
	}

	private static BenchmarkResult measure(Arm arm, String path) throws RunnerException {
		Options options = new OptionsBuilder().include(DispatcherServletBenchmark.class.getName() + ".request")
			.param("arm", arm.name())
			.param("path", path)
			.forks(1)
			.addProfiler(CpuTimeProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
		RunResult result = new Runner(options).runSingle();
		return result.getAggregatedResult();
	}

	private void describe(String path, Report report) {
		report.header(path, "time", "CPU", "time ratio", "CPU ratio", "CPU difference");
		Ratios control = Ratios.of(this.cpu.get(Arm.CONTROL), this.cpu.get(Arm.BARE));
		for (Arm arm : ARMS) {
			Ratios ratios = Ratios.of(this.cpu.get(arm), this.cpu.get(Arm.BARE));
			boolean compared = arm != Arm.BARE && arm != Arm.CONTROL;
			report.row(arm.title(), "%.2f".formatted(Ratios.median(this.time.get(arm))),
					"%.2f".formatted(Ratios.median(this.cpu.get(arm))),
					(arm != Arm.BARE) ? Ratios.of(this.time.get(arm), this.time.get(Arm.BARE)) : "1",
					(arm != Arm.BARE) ? ratios : "1", compared ? ratios.verdict(control) : "");
		}
	}

}
