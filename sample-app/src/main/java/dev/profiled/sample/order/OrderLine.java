package dev.profiled.sample.order;

import java.math.BigDecimal;

/**
 * A product in an order.
 *
 * @param productId which product
 * @param quantity how many pieces
 * @param unitPrice the price of a piece
 */
record OrderLine(long productId, int quantity, BigDecimal unitPrice) {

	BigDecimal amount() {
		return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity));
	}

}
