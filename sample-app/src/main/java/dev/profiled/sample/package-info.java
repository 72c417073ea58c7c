/**
 * The order desk, a sample application whose endpoints have something to find in them.
 */
@NullMarked
package dev.profiled.sample;

import org.jspecify.annotations.NullMarked;
