package dev.profiled.sample.supplier;

import java.math.BigDecimal;

/**
 * What one warehouse of the supplier offers.
 *
 * @param warehouse the warehouse
 * @param price the price of a piece
 * @param available how many pieces it has
 * @param days how many days delivery takes
 */
record Offer(String warehouse, BigDecimal price, int available, int days) {
}
