/**
 * Profiles on their way out: one class per format.
 */
@NullMarked
package dev.profiled.render;

import org.jspecify.annotations.NullMarked;
