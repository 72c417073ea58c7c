package dev.profiled.engine;

/**
 * What a {@link Harvester} has counted.
 *
 * @param harvests the number of harvests
 * @param nanos the time they took
 * @param failed those that lost samples
 * @param unattributed the samples that belonged to no request
 * @param skipped the samples that the profiler could not take
 */
record HarvestStatistics(long harvests, long nanos, long failed, long unattributed, long skipped) {

	static final HarvestStatistics NONE = new HarvestStatistics(0, 0, 0, 0, 0);

	HarvestStatistics harvested(long nanos, boolean failed) {
		return new HarvestStatistics(this.harvests + 1, this.nanos + nanos, this.failed + (failed ? 1 : 0),
				this.unattributed, this.skipped);
	}

	HarvestStatistics distributed(long unattributed, long skippedSoFar) {
		return new HarvestStatistics(this.harvests, this.nanos, this.failed, this.unattributed + unattributed,
				skippedSoFar);
	}

}
