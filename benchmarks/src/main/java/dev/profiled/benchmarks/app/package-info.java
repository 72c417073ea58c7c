/**
 * The application whose requests are measured, with and without the starter.
 */
package dev.profiled.benchmarks.app;
