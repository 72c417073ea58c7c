package dev.profiled.jfr;

import java.util.List;
import java.util.Map;

import dev.profiled.attribution.Sample;

/**
 * What one chunk of a recording holds. Times are of {@link System#nanoTime()}.
 *
 * @param samples the samples of Java threads
 * @param otherSamples the number of samples of other threads: the JVM's own, or a Java
 * thread that can no longer be told
 * @param start when the chunk began
 * @param end when it ended
 * @param settings the profiler's settings; only the first chunk of a session has them
 */
public record JfrChunk(List<Sample> samples, long otherSamples, long start, long end, Map<String, String> settings) {

	/**
	 * Return this chunk with the true weight of its samples.
	 * @param cpuInterval what a CPU sample stands for, in ns
	 * @return the same samples, weighed
	 */
	public JfrChunk weighed(long cpuInterval) {
		List<Sample> weighed = this.samples.stream().map((sample) -> sample.times(cpuInterval)).toList();
		return new JfrChunk(weighed, this.otherSamples, this.start, this.end, this.settings);
	}

}
