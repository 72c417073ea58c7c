package dev.profiled.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.context.ApplicationContext;

import dev.profiled.engine.EngineState;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.SkipReason;

/**
 * Sees to it that an arm is what it is called.
 */
public final class ArmCheck {

	private static final Path MAPS = Path.of("/proc/self/maps");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private ArmCheck() {
	}

	/**
	 * See to it that this JVM, which has had no other arm, has the profiler's library
	 * only if the arm needs it.
	 * @param arm the arm
	 * @throws IOException if that cannot be told
	 */
	public static void requireLibrary(Arm arm) throws IOException {
		boolean loaded = arm.isArmed() || arm.hasOnlyLibrary() || arm == Arm.START_STOP;
		if (Files.exists(MAPS) && loaded != Files.readString(MAPS).contains("libasyncProfiler")) {
			throw new IllegalStateException("The profiler's library should " + (loaded ? "" : "not ") + "be loaded");
		}
	}

	/**
	 * Wait until the session is armed, if the arm has one.
	 * @param arm the arm
	 * @param context the application
	 * @throws InterruptedException if interrupted
	 */
	public static void awaitArmed(Arm arm, ApplicationContext context) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (arm.isArmed() && engine(context).status().state() != EngineState.ARMED) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException("The profiler is not armed: " + engine(context).status());
			}
			Thread.sleep(10);
		}
	}

	private static ProfilerEngine engine(ApplicationContext context) {
		return context.getBean(ProfilerEngine.class);
	}

	/**
	 * Say how many requests were profiled.
	 * @param context the application
	 * @return a line such as {@code 1000 requests profiled, not profiled {arming=5}}
	 */
	public static String describe(ApplicationContext context) {
		ProfilerEngine engine = context.getBeanProvider(ProfilerEngine.class).getIfAvailable();
		if (engine == null) {
			return "no starter";
		}
		engine.harvest(PATIENCE);
		return profiled(context) + " requests profiled, not profiled " + skipped(context) + ", "
				+ engine.status().state().id() + " (" + engine.status().engine() + "), " + engine.statistics();
	}

	/**
	 * See to it that nearly all requests were profiled.
	 * @param context the application
	 */
	public static void requireProfiled(ApplicationContext context) {
		engine(context).harvest(PATIENCE);
		long skipped = skipped(context).values().stream().mapToLong(Long::longValue).sum();
		if (profiled(context) < 50 * skipped) {
			throw new IllegalStateException("Too many requests were not profiled: " + describe(context));
		}
	}

	private static long profiled(ApplicationContext context) {
		return endpoints(context).stream().mapToLong(ProfiledEndpoint::profiledCount).sum();
	}

	private static Map<String, Long> skipped(ApplicationContext context) {
		Map<String, Long> skipped = new TreeMap<>();
		for (ProfiledEndpoint endpoint : endpoints(context)) {
			for (SkipReason reason : SkipReason.values()) {
				skipped.merge(reason.id(), endpoint.skippedCount(reason), Long::sum);
			}
		}
		skipped.values().removeIf((count) -> count == 0);
		return skipped;
	}

	private static Collection<ProfiledEndpoint> endpoints(ApplicationContext context) {
		return context.getBean(ProfiledEndpoints.class).all();
	}

}
