/**
 * The sales report of a quarter.
 */
@NullMarked
package dev.profiled.sample.report;

import org.jspecify.annotations.NullMarked;
