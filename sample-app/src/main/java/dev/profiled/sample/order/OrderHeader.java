package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An order without its lines.
 *
 * @param id the number of the order
 * @param customerId who ordered
 * @param orderedOn when
 * @param status how far it got
 * @param total what it came to
 */
record OrderHeader(long id, long customerId, LocalDate orderedOn, String status, BigDecimal total) {

	boolean isArchived() {
		return this.status.equals("ARCHIVED");
	}

}
