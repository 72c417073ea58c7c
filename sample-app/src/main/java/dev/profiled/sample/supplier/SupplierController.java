package dev.profiled.sample.supplier;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plays the remote supplier: an answer that is not hard to give, and takes its time. It
 * isn't profiled, since it stands for somebody else's service.
 */
@RestController
class SupplierController {

	private static final long DELAY = 120;

	@GetMapping("/supplier/{product}")
	List<Offer> offers(@PathVariable long product) throws InterruptedException {
		Thread.sleep(DELAY);
		return LongStream.range(0, 800).mapToObj((number) -> offer(product, number)).toList();
	}

	private static Offer offer(long product, long number) {
		long cents = 500 + (product * 37 + number * 7919) % 2000;
		return new Offer("Warehouse " + number, BigDecimal.valueOf(cents, 2), (int) (number * 13 % 90),
				(int) (number * 11 % 14) + 1);
	}

}
