/**
 * The {@code flamegraph} actuator endpoint.
 */
@NullMarked
package dev.profiled.actuate;

import org.jspecify.annotations.NullMarked;
