package dev.profiled.engine;

import java.lang.reflect.Constructor;

import one.profiler.AsyncProfiler;

/**
 * Loads async-profiler's native library.
 */
final class AsyncProfilerLibrary {

	private AsyncProfilerLibrary() {
	}

	/**
	 * Whether the application, or an earlier context, has loaded this copy of the
	 * library. Does not load it.
	 * @return whether it is there already
	 */
	static boolean isLoaded() {
		// Recording.state() tells only after the first recording
		try {
			Constructor<AsyncProfiler> constructor = AsyncProfiler.class.getDeclaredConstructor();
			constructor.setAccessible(true);
			constructor.newInstance().getVersion();
			return true;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			return false;
		}
	}

	static NativeProfiler load() throws ProfilerUnavailableException {
		try {
			return AsyncProfiler.getInstance()::execute;
		}
		catch (UnsupportedOperationException ex) {
			throw unavailable(ProfilerUnavailableException.Cause.PLATFORM, ex,
					"async-profiler supports Linux (x64, arm64) and macOS; run the application there to profile it.");
		}
		catch (UnsatisfiedLinkError ex) {
			throw unavailable(ProfilerUnavailableException.Cause.ENVIRONMENT, ex,
					"If the temporary directory is mounted noexec, name another directory to extract the library to: "
							+ "-Done.profiler.extractPath=/path.");
		}
		catch (IllegalCallerException ex) {
			throw unavailable(ProfilerUnavailableException.Cause.PLATFORM, ex,
					"Allow native access: --enable-native-access=ALL-UNNAMED.");
		}
		catch (RuntimeException | LinkageError ex) {
			throw unavailable(ProfilerUnavailableException.Cause.ENVIRONMENT, ex,
					"Make the temporary directory writable, or name another directory to extract the library to: "
							+ "-Done.profiler.extractPath=/path.");
		}
	}

	private static ProfilerUnavailableException unavailable(ProfilerUnavailableException.Cause reason, Throwable cause,
			String advice) {
		return new ProfilerUnavailableException(reason,
				"async-profiler's native library could not be loaded: " + cause.getMessage() + ".", advice);
	}

}
