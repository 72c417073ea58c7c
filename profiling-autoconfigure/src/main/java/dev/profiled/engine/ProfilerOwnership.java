package dev.profiled.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private static final List<String> PROFILERS = List.of("asyncProfiler", "async-profiler", "javaProfiler",
			"pyroscope");

	/**
	 * By the name of the file, not of its directory.
	 */
	private static final Pattern PROFILER_LIBRARY = Pattern
		.compile("(/(?:.*/)?[^/\\s]*(?:" + String.join("|", PROFILERS) + ")[^/\\s]*\\.so[^/\\s]*)(?: \\(deleted\\))?$");

	private static final Path MAPS = Path.of("/proc/self/maps");

	/**
	 * Whether this class loader has loaded the profiler, which it never loads again.
	 */
	private static volatile boolean remembered;

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
	 * @param loadedByApplication whether the application may have loaded the same copy
	 * for itself, before this library did: one that is not remembered is then this
	 * library's own
	 * @throws ProfilerUnavailableException if there is one
	 */
	void checkForeign(boolean loadedByApplication) throws ProfilerUnavailableException {
		Set<String> foreign = loaded();
		foreign.removeAll(known());
		if (foreign.size() > ((loadedByApplication && !remembered) ? 1 : 0)) {
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
		remembered = true;
	}

	void release() {
		System.getProperties().remove(OWNER, this.id);
	}

	private static Set<String> known() {
		return new TreeSet<>(Set.of(System.getProperty(LIBRARIES, "").split("\\|")));
	}

	private static Set<String> loaded() {
		try {
			return libraries(new String(Files.readAllBytes(MAPS), StandardCharsets.UTF_8));
		}
		catch (IOException | RuntimeException ex) {
			// no such file on this platform: nothing can be seen there
			return new TreeSet<>();
		}
	}

	// A thread has two mappings, and there may be thousands: lines without a name are not
	// looked at one by one.
	static Set<String> libraries(String mappings) {
		Set<String> libraries = new TreeSet<>();
		for (String name : PROFILERS) {
			for (int at = mappings.indexOf(name); at >= 0; at = mappings.indexOf(name, at + 1)) {
				int end = mappings.indexOf('\n', at);
				String line = mappings.substring(mappings.lastIndexOf('\n', at) + 1,
						(end >= 0) ? end : mappings.length());
				Matcher matcher = PROFILER_LIBRARY.matcher(line);
				if (matcher.find()) {
					libraries.add(matcher.group(1));
				}
			}
		}
		return libraries;
	}

}
