package dev.profiled.benchmarks.app;

import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The handlers that are measured: one that does nothing, two that do what many do, in
 * half a millisecond of CPU time or somewhat less, and one that waits.
 */
@ResponseBody
public class SalesHandlers {

	private static final List<Sale> SALES = Sale.generate(10_000);

	@GetMapping("/empty")
	public void empty() {
	}

	/**
	 * Aggregates: hash maps, boxing, sorting, a little JSON.
	 * @return the best products of each region
	 */
	@GetMapping("/report")
	public Map<String, List<ProductTotal>> report() {
		Map<String, Map<String, LongSummaryStatistics>> totals = SALES.stream()
			.collect(Collectors.groupingBy(Sale::region, TreeMap::new,
					Collectors.groupingBy(Sale::product, Collectors.summarizingLong(Sale::total))));
		Map<String, List<ProductTotal>> best = new TreeMap<>();
		totals.forEach((region, products) -> best.put(region, best(products)));
		return best;
	}

	private static List<ProductTotal> best(Map<String, LongSummaryStatistics> products) {
		return products.entrySet()
			.stream()
			.map((entry) -> new ProductTotal(entry.getKey(), entry.getValue().getCount(), entry.getValue().getSum()))
			.sorted(Comparator.comparingLong(ProductTotal::cents).reversed().thenComparing(ProductTotal::product))
			.limit(10)
			.toList();
	}

	/**
	 * Filters and sorts, and writes much JSON.
	 * @return the sales of one region
	 */
	@GetMapping("/list")
	public List<SaleView> list() {
		return SALES.subList(0, 5_000)
			.stream()
			.filter((sale) -> sale.region().equals("south"))
			.sorted(Comparator.comparing(Sale::customer).thenComparing(Sale::cents))
			.limit(220)
			.map((sale) -> new SaleView(sale.number(), sale.customer(), sale.product(), sale.quantity(),
					"%d.%02d".formatted(sale.total() / 100, sale.total() % 100)))
			.toList();
	}

	/**
	 * Waits ten times as long as it works, as requests do that ask a database.
	 * @return the sales of one region
	 * @throws InterruptedException if interrupted
	 */
	@GetMapping("/wait")
	public List<SaleView> waiting() throws InterruptedException {
		for (int i = 0; i < 4; i++) {
			Thread.sleep(1);
		}
		return list();
	}

	/**
	 * What a product sold.
	 *
	 * @param product the product
	 * @param sales the number of sales
	 * @param cents the sum
	 */
	public record ProductTotal(String product, long sales, long cents) {
	}

	/**
	 * A sale as a client sees it.
	 *
	 * @param number its number
	 * @param customer the customer
	 * @param product the product
	 * @param quantity how many
	 * @param total the price of all
	 */
	public record SaleView(int number, String customer, String product, int quantity, String total) {
	}

}
