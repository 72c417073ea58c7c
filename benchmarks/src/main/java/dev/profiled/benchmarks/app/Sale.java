package dev.profiled.benchmarks.app;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A sale. The sales are the same in every run.
 */
record Sale(int number, String customer, String product, String region, int quantity, long cents) {

	private static final List<String> REGIONS = List.of("north", "east", "south", "west");

	static List<Sale> generate(int count) {
		Random random = new Random(42);
		return Stream.iterate(1, (number) -> number + 1)
			.limit(count)
			.map((number) -> new Sale(number, "customer-" + random.nextInt(300), "product-" + random.nextInt(120),
					REGIONS.get(random.nextInt(REGIONS.size())), 1 + random.nextInt(9), 99 + random.nextInt(20_000)))
			.toList();
	}

	long total() {
		return this.quantity * this.cents;
	}

}
