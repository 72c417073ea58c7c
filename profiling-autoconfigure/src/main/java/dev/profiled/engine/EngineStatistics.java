package dev.profiled.engine;

/**
 * What the engine has counted since the application started. Figures never fall, but for
 * those under way.
 *
 * @param harvests the number of harvests
 * @param harvestNanos the time they took, in ns
 * @param failedHarvests the harvests that lost samples
 * @param attributedSamples the samples that were found to belong to a request
 * @param unattributedSamples the samples of threads that served no profiled request at
 * that moment
 * @param discardedSamples the samples of requests that could not be counted: interrupted
 * by a gap in the session, asynchronous, lost, or forgotten by a reset
 * @param skippedSamples the samples that the profiler could not take, of whatever thread:
 * it was busy with others, or with handing them over
 * @param inFlightRequests the profiled requests under way at the last harvest
 * @param inFlightSamples the samples they had then
 */
public record EngineStatistics(long harvests, long harvestNanos, long failedHarvests, long attributedSamples,
		long unattributedSamples, long discardedSamples, long skippedSamples, long inFlightRequests,
		long inFlightSamples) {
}
