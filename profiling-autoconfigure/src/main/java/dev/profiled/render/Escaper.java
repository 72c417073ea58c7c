package dev.profiled.render;

/**
 * Makes text harmless where a format would take it for something else. Everything that
 * comes from an application (names of methods, patterns, messages) goes through here on
 * its way out.
 */
public final class Escaper {

	private static final char REPLACEMENT = '\ufffd';

	private Escaper() {
	}

	/**
	 * Escape text for the content of an HTML element or a quoted attribute value.
	 * @param text the text
	 * @return the text with every character that means something in HTML as a reference
	 */
	public static String html(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				case '\t', '\n' -> escaped.append(character);
				default -> escaped
					.append((Character.isISOControl(character) || isLoneSurrogate(text, i)) ? REPLACEMENT : character);
			}
		}
		return escaped.toString();
	}

	/**
	 * Escape text for the inside of a JSON string, without its quotes. The result can be
	 * embedded in a script element and survives every encoding.
	 * @param text the text
	 * @return the text with everything special in JSON, JavaScript or HTML as an escape
	 * sequence
	 */
	public static String json(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '"' -> escaped.append("\\\"");
				case '\\' -> escaped.append("\\\\");
				case '\b' -> escaped.append("\\b");
				case '\f' -> escaped.append("\\f");
				case '\n' -> escaped.append("\\n");
				case '\r' -> escaped.append("\\r");
				case '\t' -> escaped.append("\\t");
				// '<' could end a script element; the line separators end a line in older
				// JavaScript.
				case '<', '>', '&', '\u2028', '\u2029' -> appendUnicode(escaped, character);
				default -> {
					if (Character.isISOControl(character) || isLoneSurrogate(text, i)) {
						appendUnicode(escaped, character);
					}
					else {
						escaped.append(character);
					}
				}
			}
		}
		return escaped.toString();
	}

	private static void appendUnicode(StringBuilder escaped, char character) {
		escaped.append("\\u");
		for (int shift = 12; shift >= 0; shift -= 4) {
			escaped.append(Character.forDigit((character >> shift) & 0xf, 16));
		}
	}

	private static boolean isLoneSurrogate(String text, int index) {
		char character = text.charAt(index);
		if (Character.isHighSurrogate(character)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		return Character.isLowSurrogate(character)
				&& (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
	}

}
