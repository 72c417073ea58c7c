package dev.profiled.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text beside this class that says what threads wait for.
 */
final class Table {

	private Table() {
	}

	/**
	 * Read a text.
	 * @param name the name of its file
	 * @return its lines, without those that are blank or begin with {@code #}
	 */
	static List<String> read(String name) {
		try (InputStream content = Table.class.getResourceAsStream(name)) {
			if (content == null) {
				throw new IllegalStateException(name + " is missing");
			}
			return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
