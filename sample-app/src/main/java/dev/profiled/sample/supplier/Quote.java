package dev.profiled.sample.supplier;

import java.math.BigDecimal;
import java.util.List;

/**
 * What it would cost to have a number of pieces delivered.
 *
 * @param productId which product
 * @param quantity how many pieces
 * @param total what they cost together
 * @param days when the last of them arrives
 * @param offers whose offers to take, the best first
 */
record Quote(long productId, int quantity, BigDecimal total, int days, List<Offer> offers) {
}
