package dev.profiled.engine;

import java.io.IOException;

/**
 * Executes commands of async-profiler. The seam behind which a platform may lack it.
 */
@FunctionalInterface
interface NativeProfiler {

	String execute(String command) throws IOException;

}
