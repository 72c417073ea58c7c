/**
 * Finding the request that a sample belongs to, by thread and time.
 */
@NullMarked
package dev.profiled.attribution;

import org.jspecify.annotations.NullMarked;
