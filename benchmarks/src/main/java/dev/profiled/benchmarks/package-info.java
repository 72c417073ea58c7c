/**
 * What profiling costs, measured with JMH. See {@code docs/performance.md}.
 */
package dev.profiled.benchmarks;
