package dev.profiled.render;

/**
 * The page that shows a flame graph.
 */
public final class FlameGraphPage {

	private FlameGraphPage() {
	}

	/**
	 * Render the page.
	 * @param title its title
	 * @param theme {@code light}, {@code dark} or {@code auto}
	 * @param json the profile
	 * @return the page
	 */
	public static String render(String title, String theme, String json) {
		return "<!DOCTYPE html><html lang=\"en\" data-theme=\"" + Escaper.html(theme) + "\"><title>"
				+ Escaper.html(title) + "</title><script type=\"application/json\" id=\"profile\">" + json
				+ "</script></html>";
	}

}
