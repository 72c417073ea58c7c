/**
 * Profiled requests: which thread served which endpoint, and when.
 */
@NullMarked
package dev.profiled.request;

import org.jspecify.annotations.NullMarked;
