package dev.profiled.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports what each arm took in a round of {@link DispatcherServletBenchmark}, by the
 * arm's name, and without the compiler by that name and {@value #WITHOUT_COMPILER}.
 */
public final class RoundProfiler implements InternalProfiler {

	static final String WITHOUT_COMPILER = " without compiler";

	@Override
	public String getDescription() {
		return "CPU time of a request by arm";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		// the round tells all
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		List<ScalarResult> results = new ArrayList<>();
		DispatcherServletBenchmark.ROUND.forEach((arm, turn) -> {
			results.add(result(arm.name(), turn.all()));
			results.add(result(arm.name() + WITHOUT_COMPILER, turn.withoutCompiler()));
		});
		return results;
	}

	private static ScalarResult result(String name, double micros) {
		return new ScalarResult(name, micros, "us/request", AggregationPolicy.AVG);
	}

}
