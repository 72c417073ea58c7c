/**
 * Code under a name: which methods are profiled, and code that is not a controller's.
 */
@NullMarked
package dev.profiled.code;

import org.jspecify.annotations.NullMarked;
