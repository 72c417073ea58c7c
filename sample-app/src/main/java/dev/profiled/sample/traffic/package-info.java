/**
 * Callers of the order desk, so that there is something to profile.
 */
@NullMarked
package dev.profiled.sample.traffic;

import org.jspecify.annotations.NullMarked;
