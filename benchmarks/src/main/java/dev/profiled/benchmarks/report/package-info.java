/**
 * Comparing measurements, and writing the comparison down.
 */
package dev.profiled.benchmarks.report;
