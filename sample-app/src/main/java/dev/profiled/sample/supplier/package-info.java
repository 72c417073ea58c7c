/**
 * Offers of a remote supplier, whose part the application plays itself.
 */
@NullMarked
package dev.profiled.sample.supplier;

import org.jspecify.annotations.NullMarked;
