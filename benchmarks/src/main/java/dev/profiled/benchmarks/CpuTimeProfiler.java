package dev.profiled.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the CPU time of the whole process by operation, other threads included: what a
 * benchmark costs rather than how long it takes.
 */
public final class CpuTimeProfiler implements InternalProfiler {

	static final String RESULT = "cpu";

	private long before;

	@Override
	public String getDescription() {
		return "CPU time of the process by operation";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		this.before = processCpuTime();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		double nanos = processCpuTime() - this.before;
		return List.of(new ScalarResult(RESULT, nanos / 1_000 / result.getMetadata().getAllOps(), "us/op",
				AggregationPolicy.AVG));
	}

	private static long processCpuTime() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

}
