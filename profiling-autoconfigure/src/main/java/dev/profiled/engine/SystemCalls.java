package dev.profiled.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

	private static final List<String> ARCHITECTURES = List.of("amd64", "aarch64");

	private static final Map<String, String> CATEGORIES = read("system-calls.txt", System.getProperty("os.arch"));

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
		return category.equals(DESCRIPTOR) ? descriptor(words) : WaitRules.category(category);
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

	static Map<String, String> read(String name, String architecture) {
		int column = 2 + ARCHITECTURES.indexOf(architecture);
		Map<String, String> categories = new HashMap<>();
		try (InputStream content = SystemCalls.class.getResourceAsStream(name)) {
			if (content == null) {
				throw new IllegalStateException(name + " is missing");
			}
			new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)).lines()
				.filter((line) -> column >= 2 && !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.split("\\s+"))
				.filter((call) -> !call[column].equals("-"))
				.forEach((call) -> categories.put(call[column], call[0]));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return categories;
	}

}
