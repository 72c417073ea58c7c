package dev.profiled.engine;

/**
 * Loads the native profiler. The seam behind which a platform may lack it.
 */
interface ProfilerLoader {

	/**
	 * Loads async-profiler from its jar.
	 */
	ProfilerLoader DEFAULT = new ProfilerLoader() {

		@Override
		public boolean isLoaded() {
			return AsyncProfilerLibrary.isLoaded();
		}

		@Override
		public NativeProfiler load() throws ProfilerUnavailableException {
			return AsyncProfilerLibrary.load();
		}

	};

	boolean isLoaded();

	NativeProfiler load() throws ProfilerUnavailableException;

}
