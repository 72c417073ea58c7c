package dev.profiled.admin.client;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Burns the CPU for a known time in methods of known names.
 */
final class Burner {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private Burner() {
	}

	static long burn(long millis) {
		return spin(millis);
	}

	static long churn(long millis) {
		return spin(millis);
	}

	private static long spin(long millis) {
		long until = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
		long turns = 0;
		while (THREADS.getCurrentThreadCpuTime() < until) {
			turns = turn(turns);
		}
		return turns;
	}

	private static long turn(long turns) {
		long value = turns;
		for (int i = 0; i < 10_000; i++) {
			value = value * 31 + i;
		}
		return value;
	}

}
