package dev.profiled.engine;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import one.profiler.AsyncProfiler;

/**
 * Loads async-profiler's native library.
 */
final class AsyncProfilerLibrary {

	/**
	 * The library has 600 kB.
	 */
	private static final long MIN_SPACE = 2 << 20;

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
		checkSpace();
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

	// What async-profiler cannot extract whole it leaves behind, each time anew.
	private static void checkSpace() throws ProfilerUnavailableException {
		if (!System.getProperty("one.profiler.libraryPath", "").isEmpty() || isLoaded()) {
			return;
		}
		String configured = System.getProperty("one.profiler.extractPath", "");
		String directory = configured.isEmpty() ? System.getProperty("java.io.tmpdir") : configured;
		try {
			if (Files.getFileStore(Path.of(directory)).getUsableSpace() < MIN_SPACE) {
				throw unavailable(ProfilerUnavailableException.Cause.ENVIRONMENT,
						"the disk of " + directory + " is full",
						"Make room there, or name another directory to extract the library to: "
								+ "-Done.profiler.extractPath=/path.");
			}
		}
		catch (IOException | InvalidPathException ex) {
			// loading tells what is wrong
		}
	}

	private static ProfilerUnavailableException unavailable(ProfilerUnavailableException.Cause reason, Throwable cause,
			String advice) {
		return unavailable(reason, String.valueOf(cause.getMessage()), advice);
	}

	private static ProfilerUnavailableException unavailable(ProfilerUnavailableException.Cause reason, String why,
			String advice) {
		return new ProfilerUnavailableException(reason,
				"async-profiler's native library could not be loaded: " + why + ".", advice);
	}

}
