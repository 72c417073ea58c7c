package dev.profiled.profile;

/**
 * What of the elapsed time of a request no sample stands for, known as the difference
 * between what was measured and what was sampled.
 * <p>
 * Of one request each may be negative: a sample of 20 ms can fall into a request of one.
 * Over many requests they add up to the truth, since samples do.
 *
 * @param cpu the time on a processor, in ns
 * @param core the time in which it could have run, and waited for a core, in ns
 * @param paused the time in which the JVM stopped it, in ns
 */
public record UnsampledTime(long cpu, long core, long paused) {
}
