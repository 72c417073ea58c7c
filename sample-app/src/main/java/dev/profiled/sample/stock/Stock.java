package dev.profiled.sample.stock;

/**
 * What there is of a product.
 *
 * @param productId the product
 * @param inStock how many pieces there are
 * @param reorderAt order more when there are only so many left
 */
record Stock(long productId, int inStock, int reorderAt) {
}
