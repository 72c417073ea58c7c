package dev.profiled.profile;

/**
 * What the requests cost whose cost was measured, and how much of it samples account for.
 *
 * @param requests the number of those requests
 * @param cpuTime their time on a processor, in ns
 * @param sampledCpuTime the weight of their CPU samples, in ns
 * @param allocatedBytes the memory they allocated
 * @param sampledBytes the weight of their allocation samples
 */
public record MeasuredCost(long requests, long cpuTime, long sampledCpuTime, long allocatedBytes, long sampledBytes) {

	/**
	 * Stands for no measured request.
	 */
	public static final MeasuredCost NONE = new MeasuredCost(0, 0, 0, 0, 0);

}
