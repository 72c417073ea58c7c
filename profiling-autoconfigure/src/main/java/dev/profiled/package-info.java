/**
 * The annotation that marks what is to be profiled.
 */
@NullMarked
package dev.profiled;

import org.jspecify.annotations.NullMarked;
