/**
 * Booking goods in and out.
 */
@NullMarked
package dev.profiled.sample.stock;

import org.jspecify.annotations.NullMarked;
