package dev.profiled.engine;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The CPU time of this process.
 */
final class ProcessCpu {

	private ProcessCpu() {
	}

	/**
	 * Return the CPU time of all threads, living and dead.
	 * @return the time in ns; always 0 if it is not known
	 */
	static long time() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? system.getProcessCpuTime() : 0;
	}

}
