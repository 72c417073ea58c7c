package dev.profiled.render;

/**
 * Escapes text for what it is written into.
 */
final class Escaper {

	private Escaper() {
	}

	static String html(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

	// The text of a JSON string, safe inside an HTML script element too.
	static String json(String text) {
		StringBuilder json = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1));
			if (pair) {
				json.append(c).append(text.charAt(++i));
			}
			else if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			}
			else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u007f' || c == '\u2028' || c == '\u2029'
					|| Character.isSurrogate(c)) {
				json.append(String.format("\\u%04x", (int) c));
			}
			else {
				json.append(c);
			}
		}
		return json.toString();
	}

}
