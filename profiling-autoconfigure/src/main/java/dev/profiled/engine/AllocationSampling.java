package dev.profiled.engine;

/**
 * Tells what is known to be wrong with sampling allocations on a JDK.
 */
final class AllocationSampling {

	private AllocationSampling() {
	}

	/**
	 * Return whether a JDK does not crash when a stack is resolved while a class of it is
	 * unloaded (JDK-8313816). It was mended in 17.0.11, 21.0.3 and 22; 18 to 20 were no
	 * longer maintained.
	 * @param jdk the version
	 * @return whether allocations can be sampled
	 */
	static boolean isSafe(Runtime.Version jdk) {
		return switch (jdk.feature()) {
			case 17 -> jdk.update() >= 11;
			case 21 -> jdk.update() >= 3;
			default -> jdk.feature() > 21;
		};
	}

	/**
	 * Return whether a JDK samples what is allocated outside of a thread's buffer as
	 * often as what is allocated inside (JDK-8356372, mended in 25). Others leave the
	 * samples of arrays that do not fit into the rest of a buffer to the small objects
	 * that do.
	 * @param jdk the version
	 * @return whether large arrays have their true share
	 */
	static boolean isFairToLargeArrays(Runtime.Version jdk) {
		return jdk.feature() >= 25;
	}

}
