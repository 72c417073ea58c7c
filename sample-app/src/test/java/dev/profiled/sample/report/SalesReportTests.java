package dev.profiled.sample.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SalesReport}.
 */
class SalesReportTests {

	private static final LocalDate FROM = LocalDate.of(2025, 1, 1);

	private static final LocalDate TO = LocalDate.of(2025, 6, 30);

	@Test
	void groupsByRegionAndCategory() {
		SalesReport report = SalesReport.aggregate(FROM, TO,
				List.of(sale(0, "West", "Toys", 1, "1.00"), sale(0, "East", "Toys", 1, "2.00"),
						sale(1, "East", "Tools", 1, "3.00"), sale(2, "East", "Toys", 1, "4.00")));
		assertThat(report.series()).extracting((series) -> series.region() + " " + series.category())
			.containsExactly("East Tools", "East Toys", "West Toys");
		assertThat(report.series()).extracting(SalesReport.Series::lines).containsExactly(1, 2, 1);
	}

	@Test
	void addsUpPiecesAndMoney() {
		SalesReport.Series series = aggregate(sale(0, 3, "0.10"), sale(5, 1, "0.20"), sale(9, 2, "9.95"));
		assertThat(series.pieces()).isEqualTo(6);
		assertThat(series.revenue()).isEqualTo("20.40");
		assertThat(series.mean()).isEqualTo("6.80");
	}

	@Test
	void percentilesAreAmountsThatOccurred() {
		Sale[] sales = IntStream.rangeClosed(1, 20)
			.mapToObj((number) -> sale(number, 21 - number, "1.00"))
			.toArray(Sale[]::new);
		SalesReport.Series series = aggregate(sales);
		assertThat(series.median()).isEqualTo("10.00");
		assertThat(series.p90()).isEqualTo("18.00");
	}

	@Test
	void trendIsTheMedianOfTheLast90Days() {
		List<BigDecimal> trend = aggregate(sale(2, 1, "5.00"), sale(3, 1, "9.00"), sale(4, 1, "7.00")).trend();
		assertThat(trend).hasSize(181);
		assertThat(trend.subList(0, 5)).containsExactly(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("5.00"),
				new BigDecimal("5.00"), new BigDecimal("7.00"));
		assertThat(trend.get(91)).as("the last day of the first sale").isEqualTo("7.00");
		assertThat(trend.get(92)).isEqualTo("7.00");
		assertThat(trend.get(93)).as("only the last sale is left").isEqualTo("7.00");
		assertThat(trend.get(94)).isEqualTo(BigDecimal.ZERO);
	}

	@Test
	void trendP90IsTheirPercentile() {
		Sale[] sales = IntStream.rangeClosed(1, 20).mapToObj((number) -> sale(9, number, "1.00")).toArray(Sale[]::new);
		List<BigDecimal> trend = aggregate(sales).trendP90();
		assertThat(trend).hasSize(181);
		assertThat(trend.get(8)).isEqualTo(BigDecimal.ZERO);
		assertThat(trend.subList(9, 99)).containsOnly(new BigDecimal("18.00"));
		assertThat(trend.get(99)).isEqualTo(BigDecimal.ZERO);
	}

	@Test
	void trendDoesNotDependOnTheOrderOfSales() {
		Random random = new Random(1);
		Sale[] sales = random.ints(200, 0, 181)
			.mapToObj((day) -> sale(day, 1 + random.nextInt(9), "1.99"))
			.toArray(Sale[]::new);
		Sale[] reversed = IntStream.range(0, sales.length)
			.mapToObj((index) -> sales[sales.length - 1 - index])
			.toArray(Sale[]::new);
		assertThat(aggregate(reversed)).isEqualTo(aggregate(sales));
	}

	@Test
	void noSalesMakeNoSeries() {
		assertThat(SalesReport.aggregate(FROM, TO, List.of()).series()).isEmpty();
	}

	private static SalesReport.Series aggregate(Sale... sales) {
		List<SalesReport.Series> series = SalesReport.aggregate(FROM, TO, List.of(sales)).series();
		assertThat(series).hasSize(1);
		return series.get(0);
	}

	private static Sale sale(int day, int quantity, String price) {
		return sale(day, "North", "Tools", quantity, price);
	}

	private static Sale sale(int day, String region, String category, int quantity, String price) {
		return new Sale(FROM.plusDays(day), region, category, quantity, new BigDecimal(price));
	}

}
