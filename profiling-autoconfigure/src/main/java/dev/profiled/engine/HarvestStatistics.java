package dev.profiled.engine;

/**
 * What a {@link Harvester} has counted.
 *
 * @param harvests the number of harvests
 * @param nanos the time they took
 * @param failed those that lost samples
 * @param unattributed the samples that belonged to no request
 */
record HarvestStatistics(long harvests, long nanos, long failed, long unattributed) {

	HarvestStatistics plus(long nanos, boolean failed, long unattributed) {
		return new HarvestStatistics(this.harvests + 1, this.nanos + nanos, this.failed + (failed ? 1 : 0),
				this.unattributed + unattributed);
	}

}
