package dev.profiled.sample.order;

import java.util.List;

/**
 * An order, and what else its customer ordered.
 *
 * @param order the order
 * @param sameCustomer the latest other orders of the customer
 */
record OrderDetails(Order order, List<OrderHeader> sameCustomer) {
}
