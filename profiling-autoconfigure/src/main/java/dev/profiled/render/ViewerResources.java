package dev.profiled.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script and the style sheet of the viewer, as every host of it needs them.
 */
public final class ViewerResources {

	/**
	 * The parts of the script, each after those it uses.
	 */
	static final List<String> SCRIPTS = List.of("language.js", "format.js", "model.js", "palette.js", "graph.js",
			"dom.js", "split.js", "words.js", "tooltip.js", "tabs.js", "legend.js", "methods.js", "place.js",
			"viewer.js");

	private static final String SCRIPT = SCRIPTS.stream().map(ViewerResources::read).collect(Collectors.joining("\n"));

	private static final String STYLE_SHEET = List.of("base.css", "split.css", "viewer.css")
		.stream()
		.map(ViewerResources::read)
		.collect(Collectors.joining("\n"));

	private ViewerResources() {
	}

	/**
	 * Return the script that defines {@code ProfiledViewer}: a classic script without
	 * imports.
	 * @return the script
	 */
	public static String script() {
		return SCRIPT;
	}

	/**
	 * Return the style sheet that the viewer expects as its {@code css} option.
	 * @return the style sheet
	 */
	public static String styleSheet() {
		return STYLE_SHEET;
	}

	static String read(String name) {
		try (InputStream resource = ViewerResources.class.getResourceAsStream(name)) {
			if (resource == null) {
				throw new IllegalStateException("The viewer's file '" + name + "' is missing from the class path");
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The viewer's file '" + name + "' can't be read", ex);
		}
	}

}
