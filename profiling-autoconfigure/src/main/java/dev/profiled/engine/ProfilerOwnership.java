package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sees to it that one profiler at a time works in this process. Two copies of
 * async-profiler, loaded by two class loaders or agents, know nothing of each other, run
 * at once and can bring each other down.
 * <p>
 * Copies of this library agree through a system property, which all class loaders share.
 * Others are seen by their library in {@code /proc/self/maps}, where there is one.
 */
final class ProfilerOwnership {

	private static final String OWNER = "dev.profiled.session";

	private static final String LIBRARIES = "dev.profiled.libraries";

	private static final Pattern PROFILER_LIBRARY = Pattern
		.compile("(/\\S*(?:asyncProfiler|async-profiler|javaProfiler|pyroscope)\\S*\\.so\\S*)");

	private static final Path MAPS = Path.of("/proc/self/maps");

	private final String id = UUID.randomUUID().toString();

	/**
	 * Take the ownership.
	 * @throws ProfilerUnavailableException if another profiler has it
	 */
	void acquire() throws ProfilerUnavailableException {
		Object owner = System.getProperties().putIfAbsent(OWNER, this.id);
		if (owner != null && !owner.equals(this.id)) {
			throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.OCCUPIED,
					"Another copy of this library, loaded by another class loader, is profiling in this process.",
					"Profiling resumes when that application is closed; or put the library where both share it.");
		}
	}

	/**
	 * Check that no other profiler was loaded.
	 * @param own how many of the libraries that are not remembered are this library's:
	 * one, if the application has loaded the same copy for itself
	 * @throws ProfilerUnavailableException if there is one
	 */
	void checkForeign(int own) throws ProfilerUnavailableException {
		Set<String> foreign = loaded();
		foreign.removeAll(known());
		if (foreign.size() > own) {
			throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.OCCUPIED,
					"Another profiler is loaded in this process: " + String.join(", ", foreign) + ".",
					"Start the application without it; two native profilers in one process disturb each other.");
		}
	}

	/**
	 * Remember the libraries loaded now as this library's own. To be called by the owner,
	 * after it has loaded its.
	 */
	void rememberLibraries() {
		Set<String> known = known();
		known.addAll(loaded());
		System.setProperty(LIBRARIES, String.join("|", known));
	}

	void release() {
		System.getProperties().remove(OWNER, this.id);
	}

	private static Set<String> known() {
		return new TreeSet<>(Set.of(System.getProperty(LIBRARIES, "").split("\\|")));
	}

	private Set<String> loaded() {
		Set<String> libraries = new TreeSet<>();
		try (Stream<String> lines = Files.lines(MAPS)) {
			lines.forEach((line) -> {
				Matcher matcher = PROFILER_LIBRARY.matcher(line);
				if (matcher.find()) {
					libraries.add(matcher.group(1));
				}
			});
		}
		catch (IOException | RuntimeException ex) {
			// no such file on this platform: nothing can be seen there
		}
		return libraries;
	}

}
