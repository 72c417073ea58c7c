/**
 * Auto-configuration and {@code profiling.*} properties.
 */
@NullMarked
package dev.profiled.autoconfigure;

import org.jspecify.annotations.NullMarked;
