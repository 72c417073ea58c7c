/**
 * Spring Boot Admin, with its view of the flame graphs.
 */
@NullMarked
package dev.profiled.sample.admin;

import org.jspecify.annotations.NullMarked;
