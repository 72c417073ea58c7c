/**
 * What profiling costs over HTTP: one server process for each arm, under load by turns.
 */
package dev.profiled.benchmarks.http;
