/**
 * What the database holds when the application starts.
 */
@NullMarked
package dev.profiled.sample.data;

import org.jspecify.annotations.NullMarked;
