package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * An order as the order desk shows it.
 *
 * @param id the number of the order
 * @param customer who ordered
 * @param orderedOn when
 * @param status how far it got
 * @param total what it came to
 * @param lines what was ordered
 */
record Order(long id, String customer, LocalDate orderedOn, String status, BigDecimal total, List<OrderLine> lines) {

	static Order of(OrderHeader header, String customer, List<OrderLine> lines) {
		return new Order(header.id(), customer, header.orderedOn(), header.status(), header.total(), lines);
	}

}
