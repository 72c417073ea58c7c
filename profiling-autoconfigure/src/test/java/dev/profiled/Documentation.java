package dev.profiled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tables in the documents, which the tests hold to what is true.
 */
public final class Documentation {

	private Documentation() {
	}

	/**
	 * Return the rows of a document's tables that begin with a name in backticks.
	 * @param document where it is, from the root of the repository
	 * @param prefix what the names begin with
	 * @return the other cells by name, without backticks
	 * @throws IOException if the document cannot be read
	 */
	public static Map<String, List<String>> rows(String document, String prefix) throws IOException {
		Map<String, List<String>> rows = new LinkedHashMap<>();
		for (String line : Files.readAllLines(Path.of("..").resolve(document))) {
			if (line.startsWith("| `" + prefix)) {
				List<String> cells = Stream.of(line.split("\\|")).map((cell) -> cell.replace("`", "").strip()).toList();
				rows.put(cells.get(1), cells.subList(2, cells.size()));
			}
		}
		return rows;
	}

}
