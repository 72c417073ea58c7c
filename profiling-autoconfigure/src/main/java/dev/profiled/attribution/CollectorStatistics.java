package dev.profiled.attribution;

/**
 * What a {@link RequestCollector} has counted.
 *
 * @param attributedSamples the samples that were found to belong to a request
 * @param discardedSamples those of them whose request could not be counted
 * @param inFlightRequests the requests under way
 * @param inFlightSamples their samples so far
 */
public record CollectorStatistics(long attributedSamples, long discardedSamples, long inFlightRequests,
		long inFlightSamples) {
}
