package dev.profiled.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flame graph as one self-contained HTML page: the viewer, its style and the profiles
 * in one file that asks nobody for anything. A content security policy in the page allows
 * exactly these scripts and styles, by their hashes.
 */
public final class FlameGraphPage {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

	private static final String TEMPLATE = ViewerResources.read("page.html");

	private static final String STYLE = ViewerResources.read("page.css");

	private static final String START = ViewerResources.read("page.js");

	private static final Map<String, String> CONSTANTS = Map.of("pageStyle", STYLE, "css", ViewerResources.styleSheet(),
			"viewer", ViewerResources.script(), "start", START, "styleHashes", hash(STYLE), "scriptHashes",
			hash(ViewerResources.script()) + " " + hash(START));

	private FlameGraphPage() {
	}

	/**
	 * Render the page.
	 * @param title the title of the page, any text
	 * @param profiles the profiles of several events as JSON, the one to show first,
	 * escaped for a script element as by {@link Escaper#json(String)}
	 * @param theme the colours of the page
	 * @return the page
	 */
	public static String render(String title, List<String> profiles, Theme theme) {
		String json = String.join(",", profiles);
		if (json.indexOf('<') >= 0) {
			throw new IllegalArgumentException("'profiles' must not contain '<', which could end its script element");
		}
		Map<String, String> variables = Map.of("title", Escaper.html(title), "profiles", json, "theme", theme.id(),
				"colorScheme", theme.colorScheme());
		// The template is scanned once, so a placeholder inside a value stays as it is.
		Matcher placeholder = PLACEHOLDER.matcher(TEMPLATE);
		StringBuilder page = new StringBuilder(TEMPLATE.length() + json.length() + 100_000);
		while (placeholder.find()) {
			placeholder.appendReplacement(page, "");
			page.append(valueOf(placeholder.group(1), variables));
		}
		placeholder.appendTail(page);
		return page.toString();
	}

	private static String valueOf(String name, Map<String, String> variables) {
		String value = variables.containsKey(name) ? variables.get(name) : CONSTANTS.get(name);
		if (value == null) {
			throw new IllegalStateException("The page template asks for '" + name + "', which nobody provides");
		}
		return value;
	}

	private static String hash(String content) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, except this one", ex);
		}
	}

	/**
	 * The colours of the page.
	 */
	public enum Theme {

		/**
		 * As the reader's system has it.
		 */
		AUTO("auto", "light dark"),

		/**
		 * Always light.
		 */
		LIGHT("light", "light"),

		/**
		 * Always dark.
		 */
		DARK("dark", "dark");

		private final String id;

		private final String colorScheme;

		Theme(String id, String colorScheme) {
			this.id = id;
			this.colorScheme = colorScheme;
		}

		/**
		 * Return the value of the theme in a URL and in the options of the viewer.
		 * @return the id
		 */
		public String id() {
			return this.id;
		}

		String colorScheme() {
			return this.colorScheme;
		}

	}

}
