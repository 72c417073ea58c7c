package dev.profiled.sample.stock;

/**
 * Thrown when more pieces should go out than there are.
 */
class OutOfStockException extends RuntimeException {

	OutOfStockException(long product, int inStock) {
		super("There are only %d pieces of product %d".formatted(inStock, product));
	}

}
