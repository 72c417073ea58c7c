package dev.profiled.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What an arm took as a ratio of what the bare application took beside it, in each round.
 *
 * @param sorted the ratios, ascending
 */
public record Ratios(double[] sorted) {

	/**
	 * Compare two series of measurements, of which those at the same place were made in
	 * the same round.
	 * @param values the arm's
	 * @param bare the bare application's
	 * @return the ratios
	 */
	public static Ratios of(List<Double> values, List<Double> bare) {
		double[] ratios = new double[values.size()];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = values.get(i) / bare.get(i);
		}
		Arrays.sort(ratios);
		return new Ratios(ratios);
	}

	/**
	 * Return the mean of two series, round by round: what to compare with, if the same
	 * was measured twice.
	 * @param one a series
	 * @param other another, of the same rounds
	 * @return the means
	 */
	public static List<Double> means(List<Double> one, List<Double> other) {
		return IntStream.range(0, one.size()).mapToObj((round) -> (one.get(round) + other.get(round)) / 2).toList();
	}

	public static double median(List<Double> values) {
		return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
	}

	private static double median(double[] sorted) {
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	public double median() {
		return median(this.sorted);
	}

	public double min() {
		return this.sorted[0];
	}

	public double max() {
		return this.sorted[this.sorted.length - 1];
	}

	private double mean() {
		return Arrays.stream(this.sorted).average().orElseThrow();
	}

	// Twice the standard error of the mean: the true mean is that near in 19 of 20 cases.
	private double error() {
		double mean = mean();
		double squares = Arrays.stream(this.sorted).map((ratio) -> (ratio - mean) * (ratio - mean)).sum();
		return 2 * Math.sqrt(squares / (this.sorted.length - 1) / this.sorted.length);
	}

	/**
	 * Return the mean with twice its standard error.
	 * @return a text such as {@code 1.0046 ± 0.0147}
	 */
	public String meanAndError() {
		return String.format(Locale.ROOT, "%.4f ± %.4f", mean(), error());
	}

	/**
	 * Say whether chance explains the difference: the same application measured twice
	 * differs as much.
	 * @param control the ratios of the same application against itself
	 * @return the verdict
	 */
	public String verdict(Ratios control) {
		double chance = Math.max(Math.abs(control.min() - 1), Math.abs(control.max() - 1));
		if (Math.abs(median() - 1) <= chance) {
			return "not resolved";
		}
		return String.format(Locale.ROOT, "%+.1f %%", (median() - 1) * 100);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.3f (%.3f – %.3f)", median(), min(), max());
	}

}
