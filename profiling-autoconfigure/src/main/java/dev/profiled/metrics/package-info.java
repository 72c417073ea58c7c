/**
 * Meters under {@code profiling}.
 */
@NullMarked
package dev.profiled.metrics;

import org.jspecify.annotations.NullMarked;
