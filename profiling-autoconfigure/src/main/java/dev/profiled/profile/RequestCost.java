package dev.profiled.profile;

/**
 * What a request really cost, by the JVM's counters of its thread.
 *
 * @param cpuTime the time on a processor, in ns
 * @param allocatedBytes the memory that was allocated
 */
public record RequestCost(long cpuTime, long allocatedBytes) {
}
