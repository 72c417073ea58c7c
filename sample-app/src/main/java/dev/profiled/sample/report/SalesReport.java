package dev.profiled.sample.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sales of a period by region and category.
 *
 * @param from the first day
 * @param to the last day
 * @param series one for each region and category with sales
 */
record SalesReport(LocalDate from, LocalDate to, List<Series> series) {

	private static final int TREND_DAYS = 90;

	/**
	 * Aggregate sales into a report. The trends, a rolling median and a rolling 90th
	 * percentile, are what the flame graph of the report shows: for each of them and for
	 * every day the sales of the series are searched again for those of the last 90 days,
	 * and their amounts are sorted again, although from one day to the next only a few
	 * come and go.
	 * @param from the first day
	 * @param to the last day
	 * @param sales the sales of these days
	 * @return the report
	 */
	static SalesReport aggregate(LocalDate from, LocalDate to, List<Sale> sales) {
		Map<String, List<Sale>> groups = new TreeMap<>();
		for (Sale sale : sales) {
			groups.computeIfAbsent(sale.region() + "/" + sale.category(), (key) -> new ArrayList<>()).add(sale);
		}
		List<Series> series = new ArrayList<>();
		for (List<Sale> group : groups.values()) {
			int pieces = 0;
			BigDecimal revenue = BigDecimal.ZERO;
			List<BigDecimal> amounts = new ArrayList<>();
			for (Sale sale : group) {
				BigDecimal amount = sale.unitPrice().multiply(BigDecimal.valueOf(sale.quantity()));
				amounts.add(amount);
				revenue = revenue.add(amount);
				pieces += sale.quantity();
			}
			List<BigDecimal> trend = trend(group, amounts, from, to, 50);
			List<BigDecimal> trendP90 = trend(group, amounts, from, to, 90);
			Collections.sort(amounts);
			Sale first = group.get(0);
			series.add(new Series(first.region(), first.category(), group.size(), pieces, revenue,
					revenue.divide(BigDecimal.valueOf(group.size()), 2, RoundingMode.HALF_EVEN),
					percentile(amounts, 50), percentile(amounts, 90), trend, trendP90));
		}
		return new SalesReport(from, to, series);
	}

	private static List<BigDecimal> trend(List<Sale> group, List<BigDecimal> amounts, LocalDate from, LocalDate to,
			int percent) {
		List<BigDecimal> trend = new ArrayList<>();
		List<BigDecimal> window = new ArrayList<>();
		for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
			LocalDate start = day.minusDays(TREND_DAYS);
			window.clear();
			for (int sale = 0; sale < group.size(); sale++) {
				LocalDate soldOn = group.get(sale).day();
				if (soldOn.isAfter(start) && !soldOn.isAfter(day)) {
					window.add(amounts.get(sale));
				}
			}
			Collections.sort(window);
			trend.add(percentile(window, percent));
		}
		return trend;
	}

	private static BigDecimal percentile(List<BigDecimal> sorted, int percent) {
		if (sorted.isEmpty()) {
			return BigDecimal.ZERO;
		}
		return sorted.get((sorted.size() * percent + 99) / 100 - 1);
	}

	/**
	 * The sales of one category in one region.
	 *
	 * @param region the region
	 * @param category the category
	 * @param lines how many order lines
	 * @param pieces how many pieces
	 * @param revenue what they came to
	 * @param mean the mean amount of an order line
	 * @param median half of the order lines came to this or less
	 * @param p90 nine in ten order lines came to this or less
	 * @param trend for each day, the median amount of the last 90 days
	 * @param trendP90 for each day, the 90th percentile of these amounts
	 */
	record Series(String region, String category, int lines, int pieces, BigDecimal revenue, BigDecimal mean,
			BigDecimal median, BigDecimal p90, List<BigDecimal> trend, List<BigDecimal> trendP90) {
	}

}
