package dev.profiled.render;

import java.util.Locale;

/**
 * How a flame graph is drawn as SVG. The names and defaults are those of
 * {@code flamegraph.pl}.
 *
 * @param width the width of the image in pixels
 * @param minWidth the width in pixels below which a frame is left out
 * @param inverted whether the root is at the top
 * @param reverse whether stacks begin with their leaves: who calls what is hot
 * @param colors the palette
 */
public record SvgOptions(int width, double minWidth, boolean inverted, boolean reverse, Palette colors) {

	/**
	 * The options where none are given.
	 */
	public static final SvgOptions DEFAULTS = new SvgOptions(1200, 0.1, false, false, Palette.HOT);

	/**
	 * The colours of frames, each between two shades.
	 */
	public enum Palette {

		/**
		 * Yellow to red.
		 */
		HOT(205, 0, 0, 255, 230, 55),

		/**
		 * Greens.
		 */
		MEM(0, 190, 0, 0, 240, 220),

		/**
		 * Blues.
		 */
		IO(80, 80, 170, 140, 140, 240),

		/**
		 * Blue-greens.
		 */
		AQUA(50, 165, 165, 120, 230, 230),

		/**
		 * Oranges.
		 */
		ORANGE(190, 90, 0, 255, 155, 40),

		/**
		 * Greys.
		 */
		GREY(170, 170, 170, 225, 225, 225);

		private final int[] shades;

		Palette(int... shades) {
			this.shades = shades;
		}

		/**
		 * Return the name used in parameters.
		 * @return the name, in lower case
		 */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

		// The same for a name in every graph.
		String color(String name) {
			int hash = name.hashCode() * 0x9E3779B9;
			StringBuilder color = new StringBuilder("rgb(");
			for (int i = 0; i < 3; i++) {
				int range = this.shades[3 + i] - this.shades[i];
				color.append((i > 0) ? "," : "").append(this.shades[i] + ((hash >>> (8 * i)) & 0xff) * range / 255);
			}
			return color.append(')').toString();
		}

	}

}
