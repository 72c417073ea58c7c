package dev.profiled.engine;

/**
 * Tells the JDKs where sampling allocations is known to be unsafe: they may crash when a
 * stack is resolved while a class of it is unloaded (JDK-8313816). It was mended in
 * 17.0.11, 21.0.3 and 22; 18 to 20 were no longer maintained.
 */
final class AllocationSampling {

	private AllocationSampling() {
	}

	static boolean isSafe(Runtime.Version jdk) {
		return switch (jdk.feature()) {
			case 17 -> jdk.update() >= 11;
			case 21 -> jdk.update() >= 3;
			default -> jdk.feature() > 21;
		};
	}

}
