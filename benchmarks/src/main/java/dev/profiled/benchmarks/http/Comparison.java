package dev.profiled.benchmarks.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * The measurements of several arms, round by round. Two of them are without the starter.
 */
final class Comparison {

	private final Map<Arm, List<Measured>> rounds = new EnumMap<>(Arm.class);

	Comparison(List<Arm> arms) {
		arms.forEach((arm) -> this.rounds.put(arm, new ArrayList<>()));
	}

	void add(Map<Arm, Measured> round) {
		round.forEach((arm, measured) -> rounds(arm).add(measured));
	}

	void describe(String title, Report report) {
		report.header(title, "requests/s", "p50", "p99", "CPU", "throughput ratio", "p50 ratio", "p99 ratio",
				"CPU ratio");
		this.rounds.keySet()
			.forEach((arm) -> report.row(arm.title(), median(arm, "%.0f", Measured::rate),
					median(arm, "%.2f", Measured::p50), median(arm, "%.2f", Measured::p99),
					median(arm, "%.1f", Measured::cpu), ratio(arm, Measured::rate), ratio(arm, Measured::p50),
					ratio(arm, Measured::p99), ratio(arm, Measured::cpu)));
	}

	private String median(Arm arm, String format, ToDoubleFunction<Measured> figure) {
		return format.formatted(Ratios.median(values(arm, figure)));
	}

	private String ratio(Arm arm, ToDoubleFunction<Measured> figure) {
		List<Double> bare = Ratios.means(values(Arm.BARE, figure), values(Arm.CONTROL, figure));
		return Ratios.of(values(arm, figure), bare).meanAndError();
	}

	private List<Double> values(Arm arm, ToDoubleFunction<Measured> figure) {
		return rounds(arm).stream().mapToDouble(figure).boxed().toList();
	}

	private List<Measured> rounds(Arm arm) {
		return this.rounds.getOrDefault(arm, List.of());
	}

}
