/**
 * Reading the profiler's recordings; the only user of {@code one.jfr}.
 */
@NullMarked
package dev.profiled.jfr;

import org.jspecify.annotations.NullMarked;
