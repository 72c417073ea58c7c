package dev.profiled.render;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.ProfileEvent;

/**
 * Draws a call tree as the classic flame graph: a picture of its own that can be searched
 * and zoomed wherever scripts run. Frames are where {@code flamegraph.pl} puts them, and
 * as wide: {@code width}, {@code minWidth} and the rest mean the same.
 */
public final class SvgRenderer {

	private static final int MARGIN = 10;

	private static final int FRAME = 16;

	private static final int TOP = 36;

	private static final int BOTTOM = 34;

	/**
	 * The width of a character of 12 pixels.
	 */
	private static final double CHARACTER = 12 * 0.59;

	private static final String SCRIPT = ViewerResources.read("svg.js");

	private final CallTree tree;

	private final Counts counts;

	private final SvgOptions options;

	private final double scale;

	private final int height;

	private final Appendable out;

	private SvgRenderer(CallTree tree, Counts counts, SvgOptions options, Appendable out) {
		this.tree = tree;
		this.counts = counts;
		this.options = options;
		this.scale = (options.width() - 2.0 * MARGIN) / Math.max(1, counts.total(0));
		this.height = (depth() + 1) * FRAME + TOP + BOTTOM;
		this.out = out;
	}

	/**
	 * Draw a call tree.
	 * @param title the title, any text
	 * @param tree the call tree
	 * @param event what was sampled
	 * @param options how it is to be drawn
	 * @param out receives the document
	 * @throws IOException if the receiver fails
	 */
	public static void render(String title, CallTree tree, ProfileEvent event, SvgOptions options, Appendable out)
			throws IOException {
		CallTree shown = options.reverse() ? tree.reversed() : tree;
		new SvgRenderer(shown, Counts.of(shown, event), options, out).render(title);
	}

	private boolean isShown(int node) {
		return this.counts.total(node) * this.scale >= this.options.minWidth();
	}

	// That of the frames that are shown: the callers of one are.
	private int depth() {
		int[] depths = new int[this.tree.nodeCount()];
		int deepest = 0;
		for (int node = 1; node < depths.length; node++) {
			depths[node] = depths[this.tree.parent(node)] + 1;
			if (isShown(node)) {
				deepest = Math.max(deepest, depths[node]);
			}
		}
		return deepest;
	}

	private void render(String title) throws IOException {
		this.out
			.append("""
					<?xml version="1.0" encoding="UTF-8" standalone="no"?>
					<svg version="1.1" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" xmlns="http://www.w3.org/2000/svg">
					<style>
					text { font: 12px Verdana, sans-serif; fill: #000 }
					#title { font-size: 17px; text-anchor: middle }
					#search, #matched { text-anchor: end }
					#reset, #search { cursor: pointer; opacity: .5 }
					#reset:hover, #search:hover { opacity: 1 }
					.hidden { display: none }
					.parent { opacity: .5 }
					.found rect { fill: #e600e6 }
					#frames g:hover rect { stroke: #000; stroke-width: .5; cursor: pointer }
					</style>
					<rect width="100%%" height="100%%" fill="#f8f8f8"/>
					<text id="title" x="%3$d" y="24">%4$s</text>
					<text id="reset" class="hidden" x="%5$d" y="24">Reset zoom</text>
					<text id="search" x="%6$d" y="24">Search</text>
					<text id="details" x="%5$d" y="%7$d"> </text>
					<text id="matched" x="%6$d" y="%7$d"> </text>
					<g id="frames">
					"""
				.formatted(this.options.width(), this.height, this.options.width() / 2, Escaper.html(title), MARGIN,
						this.options.width() - MARGIN, this.height - BOTTOM / 2));
		frames();
		this.out.append("</g>\n<script>//<![CDATA[\n").append(SCRIPT).append("//]]></script>\n</svg>\n");
	}

	// The children of a node in the order of their lines in collapsed stacks.
	private void frames() throws IOException {
		int[][] children = Children.byName(this.tree, this.counts.names());
		Deque<Placed> pending = new ArrayDeque<>();
		pending.push(new Placed(0, 0, 0));
		while (!pending.isEmpty()) {
			Placed placed = pending.pop();
			frame(placed);
			long to = placed.from + this.counts.total(placed.node);
			for (int i = children[placed.node].length - 1; i >= 0; i--) {
				int child = children[placed.node][i];
				to -= this.counts.total(child);
				if (isShown(child)) {
					pending.push(new Placed(child, placed.depth + 1, to));
				}
			}
		}
	}

	private void frame(Placed placed) throws IOException {
		String name = (placed.node == 0) ? "all" : this.counts.names()[this.tree.frameNumber(placed.node)];
		long total = this.counts.total(placed.node);
		double x = MARGIN + placed.from * this.scale;
		double width = total * this.scale;
		int y = this.options.inverted() ? TOP + placed.depth * FRAME
				: this.height - BOTTOM - (placed.depth + 1) * FRAME + 1;
		this.out.append("<g><title>")
			.append(Escaper.html(name))
			.append(" (")
			.append(this.counts.text(total))
			.append(", ")
			.append(String.format(Locale.ROOT, "%.2f", 100.0 * total / Math.max(1, this.counts.total(0))))
			.append("%)</title><rect x=\"")
			.append(tenths(x))
			.append("\" y=\"")
			.append(String.valueOf(y))
			.append("\" width=\"")
			.append(tenths(width))
			.append("\" height=\"15\" rx=\"2\" fill=\"")
			.append(this.options.colors().color(name))
			.append("\"/>");
		int characters = (int) (width / CHARACTER);
		this.out.append("<text x=\"")
			.append(tenths(x + 3))
			.append("\" y=\"")
			.append(String.valueOf(y + 11))
			.append("\">")
			.append((characters < 3) ? ""
					: Escaper.html((name.length() <= characters) ? name : name.substring(0, characters - 2) + ".."))
			.append("</text></g>\n");
	}

	private static String tenths(double pixels) {
		return String.format(Locale.ROOT, "%.1f", pixels);
	}

	/**
	 * Where a frame begins, counted in samples or weight.
	 */
	private record Placed(int node, int depth, long from) {
	}

}
