/**
 * The profiler session: armed, harvested, disarmed; the only user of
 * {@code one.profiler}.
 */
@NullMarked
package dev.profiled.engine;

import org.jspecify.annotations.NullMarked;
