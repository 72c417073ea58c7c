package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An order line with all that the export says about it.
 *
 * @param orderId the number of the order
 * @param orderedOn when it was ordered
 * @param customer who ordered
 * @param region where the customer lives
 * @param product what was ordered
 * @param quantity how many pieces
 * @param unitPrice the price of a piece
 */
record ExportRow(long orderId, LocalDate orderedOn, String customer, String region, String product, int quantity,
		BigDecimal unitPrice) {
}
