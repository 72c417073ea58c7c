package dev.profiled.sample.stock;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import dev.profiled.Profiled;

/**
 * Lets goods be booked in and out.
 */
@RestController
class StockController {

	private final StockService stock;

	StockController(StockService stock) {
		this.stock = stock;
	}

	@PostMapping("/products/{id}/stock")
	@Profiled("stock-update")
	Stock book(@PathVariable long id, @RequestParam int quantity) {
		try {
			return this.stock.book(id, quantity)
				.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no product " + id));
		}
		catch (OutOfStockException ex) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, ex.getMessage(), ex);
		}
	}

}
