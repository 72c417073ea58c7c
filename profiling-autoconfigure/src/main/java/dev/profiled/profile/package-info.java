/**
 * Profiles: frames, stack traces, call trees and the bounded store that merges them.
 */
@NullMarked
package dev.profiled.profile;

import org.jspecify.annotations.NullMarked;
