package dev.profiled.benchmarks.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * Measurements round by round, of which two are of the same: what they differ by is
 * chance.
 */
final class Comparison {

	static final String BASE = "not profiled";

	static final String CONTROL = "not profiled, again (control)";

	private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

	Comparison() {
		this.rounds.put(BASE, new ArrayList<>());
		this.rounds.put(CONTROL, new ArrayList<>());
	}

	void add(String name, Measured measured) {
		this.rounds.computeIfAbsent(name, (key) -> new ArrayList<>()).add(measured);
	}

	void describe(String title, Report report) {
		report.header(title, "requests/s", "p50", "p99", "CPU", "throughput ratio", "p50 ratio", "p99 ratio",
				"CPU ratio");
		this.rounds.keySet()
			.forEach((name) -> report.row(name, median(name, "%.0f", Measured::rate),
					median(name, "%.2f", Measured::p50), median(name, "%.2f", Measured::p99),
					median(name, "%.1f", Measured::cpu), ratio(name, Measured::rate), ratio(name, Measured::p50),
					ratio(name, Measured::p99), ratio(name, Measured::cpu)));
	}

	private String median(String name, String format, ToDoubleFunction<Measured> figure) {
		return format.formatted(Ratios.median(values(name, figure)));
	}

	private String ratio(String name, ToDoubleFunction<Measured> figure) {
		List<Double> base = Ratios.means(values(BASE, figure), values(CONTROL, figure));
		return Ratios.of(values(name, figure), base).meanAndError();
	}

	private List<Double> values(String name, ToDoubleFunction<Measured> figure) {
		return this.rounds.getOrDefault(name, List.of()).stream().mapToDouble(figure).boxed().toList();
	}

}
