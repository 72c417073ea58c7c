/**
 * Opening and closing a request window around a handler of Spring MVC.
 */
@NullMarked
package dev.profiled.web;

import org.jspecify.annotations.NullMarked;
