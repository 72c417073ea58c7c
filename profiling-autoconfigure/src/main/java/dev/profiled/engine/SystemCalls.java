package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.profiled.profile.TimeCategory;

/**
 * Tells from a system call what a thread waits for in it, by {@code system-calls.txt}.
 */
final class SystemCalls {

	private static final String DESCRIPTOR = "descriptor";

	private static final String JVM = "jvm";

	private static final List<String> ARCHITECTURES = List.of("amd64", "aarch64");

	private static final Map<String, String> CATEGORIES = read(System.getProperty("os.arch"));

	private SystemCalls() {
	}

	/**
	 * Tell what a thread waits for.
	 * @param call the number of a call and its arguments in hexadecimal, as in
	 * {@code /proc/self/task/<id>/syscall}
	 * @return the category
	 */
	static TimeCategory category(String call) {
		String[] words = call.split("\\s", 3);
		String category = CATEGORIES.getOrDefault(words[0], TimeCategory.OTHER.id());
		return switch (category) {
			case DESCRIPTOR -> descriptor(words);
			case JVM -> TimeCategory.OTHER;
			default -> WaitRules.category(category);
		};
	}

	/**
	 * Whether threads wait in a call for the JVM itself, if it calls them runnable.
	 * @param call the number of a call and its arguments
	 * @return whether they do
	 */
	static boolean isOfJvm(String call) {
		return JVM.equals(CATEGORIES.get(call.split("\\s", 2)[0]));
	}

	private static TimeCategory descriptor(String[] call) {
		try {
			Path file = Path.of("/proc/self/fd/" + Integer.decode(call[1]));
			return Files.readSymbolicLink(file).toString().startsWith("socket:") ? TimeCategory.SOCKET
					: TimeCategory.FILE;
		}
		catch (IOException | RuntimeException ex) {
			// closed meanwhile
			return TimeCategory.OTHER;
		}
	}

	// By number, none for an architecture that is not listed.
	static Map<String, String> read(String architecture) {
		int column = 2 + ARCHITECTURES.indexOf(architecture);
		Map<String, String> categories = new HashMap<>();
		if (column >= 2) {
			Table.read("system-calls.txt")
				.stream()
				.map((line) -> line.split("\\s+"))
				.filter((call) -> !call[column].equals("-"))
				.forEach((call) -> categories.put(call[column], call[0]));
		}
		return categories;
	}

}
