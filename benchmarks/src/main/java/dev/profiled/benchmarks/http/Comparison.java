package dev.profiled.benchmarks.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;

/**
 * The measurements of several arms. What counts for an arm is the mean of a launch, since
 * the rounds of one launch have what the compiler made of its JVMs in common.
 */
final class Comparison {

	private final Map<Arm, SortedMap<Integer, List<Measured>>> launches = new EnumMap<>(Arm.class);

	void add(int launch, Map<Arm, Measured> round) {
		round.forEach((arm, measured) -> this.launches.computeIfAbsent(arm, (key) -> new TreeMap<>())
			.computeIfAbsent(launch, (key) -> new ArrayList<>())
			.add(measured));
	}

	void describe(String title, Report report) {
		report.header(title, "requests/s", "p50", "p99", "CPU", "throughput ratio", "p50 ratio", "p99 ratio",
				"CPU ratio", "throughput difference", "CPU difference");
		this.launches.keySet()
			.forEach((arm) -> report.row(arm.title(), number(arm, "%.0f", Measured::rate),
					number(arm, "%.2f", Measured::p50), number(arm, "%.2f", Measured::p99),
					number(arm, "%.1f", Measured::cpu), ratio(arm, Measured::rate), ratio(arm, Measured::p50),
					ratio(arm, Measured::p99), ratio(arm, Measured::cpu), verdict(arm, Measured::rate),
					verdict(arm, Measured::cpu)));
	}

	private String number(Arm arm, String format, ToDoubleFunction<Measured> figure) {
		return format.formatted(Ratios.median(values(arm, figure)));
	}

	private String ratio(Arm arm, ToDoubleFunction<Measured> figure) {
		return (arm != Arm.BARE) ? ratios(arm, figure).toString() : "1";
	}

	private String verdict(Arm arm, ToDoubleFunction<Measured> figure) {
		boolean compared = arm != Arm.BARE && arm != Arm.CONTROL && this.launches.containsKey(Arm.CONTROL);
		return compared ? ratios(arm, figure).verdict(ratios(Arm.CONTROL, figure)) : "";
	}

	private Ratios ratios(Arm arm, ToDoubleFunction<Measured> figure) {
		return Ratios.of(values(arm, figure), values(Arm.BARE, figure));
	}

	private List<Double> values(Arm arm, ToDoubleFunction<Measured> figure) {
		return this.launches.getOrDefault(arm, Collections.emptySortedMap())
			.values()
			.stream()
			.map((rounds) -> rounds.stream().mapToDouble(figure).average().orElseThrow())
			.toList();
	}

}
