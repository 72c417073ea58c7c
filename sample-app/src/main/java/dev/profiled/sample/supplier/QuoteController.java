package dev.profiled.sample.supplier;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.profiled.Profiled;

/**
 * Works out what the supplier would charge. Nearly all of the time goes by in waiting for
 * the supplier, which no graph of the CPU shows.
 */
@RestController
class QuoteController {

	private static final Comparator<Offer> CHEAPEST = Comparator.comparing(Offer::price).thenComparing(Offer::days);

	private final SupplierClient supplier;

	QuoteController(SupplierClient supplier) {
		this.supplier = supplier;
	}

	@GetMapping("/products/{id}/quote")
	@Profiled("supplier-quote")
	Quote quote(@PathVariable long id, @RequestParam(defaultValue = "500") int quantity) {
		List<Offer> offers = this.supplier.offers(id).stream().sorted(CHEAPEST).toList();
		List<Offer> taken = new ArrayList<>();
		BigDecimal total = BigDecimal.ZERO;
		int days = 0;
		int missing = quantity;
		for (Offer offer : offers) {
			int pieces = Math.min(missing, offer.available());
			if (pieces > 0) {
				taken.add(offer);
				total = total.add(offer.price().multiply(BigDecimal.valueOf(pieces)));
				days = Math.max(days, offer.days());
				missing -= pieces;
			}
		}
		return new Quote(id, quantity - missing, total, days, taken);
	}

}
