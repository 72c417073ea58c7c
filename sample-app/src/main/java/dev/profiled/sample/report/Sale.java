package dev.profiled.sample.report;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * One order line, as the sales report sees it.
 *
 * @param day when it was ordered
 * @param region where the customer lives
 * @param category what kind of product it was
 * @param quantity how many pieces
 * @param unitPrice the price of a piece
 */
record Sale(LocalDate day, String region, String category, int quantity, BigDecimal unitPrice) {
}
