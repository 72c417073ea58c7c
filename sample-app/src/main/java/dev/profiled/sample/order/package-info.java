/**
 * Listing, looking up and exporting orders.
 */
@NullMarked
package dev.profiled.sample.order;

import org.jspecify.annotations.NullMarked;
