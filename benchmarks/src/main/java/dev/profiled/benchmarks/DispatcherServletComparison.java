package dev.profiled.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Runs {@link DispatcherServletBenchmark} and compares its arms round by round. System
 * properties: {@code forks}, {@code rounds} (of each fork), {@code paths}.
 */
public final class DispatcherServletComparison {

	private static final int FORKS = Integer.getInteger("forks", 3);

	private static final int ROUNDS = Integer.getInteger("rounds", 6);

	private static final List<String> PATHS = List.of(System.getProperty("paths", "/report,/list").split(","));

	private DispatcherServletComparison() {
	}

	public static void main(String[] args) throws RunnerException, IOException {
		Report report = new Report("dispatcher-servlet",
				"java -cp benchmarks/target/benchmarks.jar " + DispatcherServletComparison.class.getName());
		report.line("");
		report.line("%d JVMs, %d rounds each; CPU of the process in µs per request; its ratio to the mean of both "
				+ "without the starter in the same round, as mean ± twice the standard error.", FORKS, ROUNDS);
		report.line("The compiler's share ends when all is compiled, so the last two columns leave it out.");
		for (String path : PATHS) {
			describe(path, measure(path), report);
		}
		report.publish();
	}

	// Every round of every fork.
	private static List<IterationResult> measure(String path) throws RunnerException {
		RunResult result = new Runner(new OptionsBuilder().include(DispatcherServletBenchmark.class.getName())
			.param("path", path)
			.forks(FORKS)
			.measurementIterations(ROUNDS)
			.addProfiler(RoundProfiler.class)
			.shouldFailOnError(true)
			.build()).runSingle();
		List<IterationResult> rounds = new ArrayList<>();
		for (BenchmarkResult fork : result.getBenchmarkResults()) {
			rounds.addAll(fork.getIterationResults());
		}
		return rounds;
	}

	private static void describe(String path, List<IterationResult> rounds, Report report) {
		report.header("`" + path + "`", "CPU", "ratio", "CPU without the compiler", "ratio");
		for (Arm arm : DispatcherServletBenchmark.ARMS) {
			List<Object> row = new ArrayList<>(List.of(arm.title()));
			for (String suffix : List.of("", RoundProfiler.WITHOUT_COMPILER)) {
				List<Double> values = values(rounds, arm, suffix);
				List<Double> bare = Ratios.means(values(rounds, Arm.BARE, suffix), values(rounds, Arm.CONTROL, suffix));
				row.add("%.1f".formatted(Ratios.median(values)));
				row.add(Ratios.of(values, bare).meanAndError());
			}
			report.row(row.toArray());
		}
	}

	private static List<Double> values(List<IterationResult> rounds, Arm arm, String suffix) {
		return rounds.stream().map((round) -> round.getSecondaryResults().get(arm.name() + suffix).getScore()).toList();
	}

}
