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
 * @param cpuSamples the number of CPU samples, of both
 * @param start when the chunk began
 * @param end when it ended
 * @param settings the profiler's settings; only the first chunk of a session has them
 */
public record JfrChunk(List<Sample> samples, long otherSamples, long cpuSamples, long start, long end,
		Map<String, String> settings) {

	/**
	 * Return this chunk with the true weight of its samples.
	 * @param intervals at what intervals they were taken
	 * @return the same samples, weighed
	 */
	public JfrChunk weighed(SamplingIntervals intervals) {
		List<Sample> weighed = this.samples.stream().map(intervals::weigh).toList();
		return new JfrChunk(weighed, this.otherSamples, this.cpuSamples, this.start, this.end, this.settings);
	}

}
