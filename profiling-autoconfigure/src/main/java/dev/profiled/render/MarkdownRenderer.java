package dev.profiled.render;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.MeasuredCost;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.profile.TimeCategory;
import dev.profiled.profile.TimeSplit;

/**
 * Renders a profile as Markdown, to be pasted into a ticket or a chat.
 */
public final class MarkdownRenderer {

	private static final int METHODS = 20;

	private static final int PATHS = 5;

	private static final int FRAMES = 8;

	private final ProfileView view;

	private final CallTree tree;

	private final ProfileEvent event;

	private final ProfileSummary summary;

	private final Appendable out;

	private MarkdownRenderer(ProfileView view, Appendable out) {
		this.view = view;
		this.tree = view.snapshot().tree();
		this.event = view.snapshot().query().event();
		this.summary = view.snapshot().summary();
		this.out = out;
	}

	/**
	 * Render a profile.
	 * @param view the profile
	 * @param out receives the text
	 * @throws IOException if the receiver fails
	 */
	public static void render(ProfileView view, Appendable out) throws IOException {
		new MarkdownRenderer(view, out).render();
	}

	private void render() throws IOException {
		long requests = this.summary.latency().count();
		line("## " + code(this.view.title()) + ", " + this.event.id());
		line("");
		line(((requests > 0 || this.tree.weight() == 0) ? "%,d requests profiled, ".formatted(requests) : "")
				+ "%,d samples".formatted(this.tree.samples())
				+ ((requests > 0) ? ", " + perRequest(this.tree.weight()) + " per request." : "."));
		if (requests > 0) {
			line("From " + this.summary.firstProfiled() + " to " + this.summary.lastProfiled() + ".");
			latency(this.summary.latency());
			split(this.summary.split());
			measured(this.summary.measured());
		}
		if (this.tree.weight() > 0) {
			methods();
			paths();
		}
		for (String limit : this.view.profiler().limits()) {
			line("");
			line("> " + Escaper.html(limit));
		}
	}

	private String perRequest(long weight) {
		return Quantity.of((double) weight / this.summary.latency().count(), this.event);
	}

	private void latency(LatencySummary latency) throws IOException {
		line("");
		line("| latency | mean | p50 | p95 | p99 | max |");
		line("| --- | --- | --- | --- | --- | --- |");
		line("| | " + LongStream.of(latency.mean(), latency.p50(), latency.p95(), latency.p99(), latency.max())
			.mapToObj(Quantity::nanos)
			.collect(Collectors.joining(" | ")) + " |");
	}

	private void split(TimeSplit split) throws IOException {
		if (split.requests() == 0) {
			return;
		}
		line("");
		line("| where the time of a request went | | |");
		line("| --- | --- | --- |");
		for (TimeCategory category : TimeCategory.values()) {
			long nanos = split.nanos(category);
			if (nanos > 0) {
				line("| " + category.id() + " | " + Quantity.nanos((double) nanos / split.requests()) + " | "
						+ Quantity.percent(nanos, split.elapsed()) + " |");
			}
		}
	}

	private void measured(MeasuredCost measured) throws IOException {
		if (measured.requests() > 0) {
			line("");
			line("Measured per request: " + Quantity.nanos((double) measured.cpuTime() / measured.requests()) + " CPU, "
					+ Quantity.bytes((double) measured.allocatedBytes() / measured.requests()) + " allocated.");
		}
	}

	private void methods() throws IOException {
		line("");
		line("| self | total | method |");
		line("| --- | --- | --- |");
		for (MethodTotals method : MethodTotals.of(this.tree).stream().limit(METHODS).toList()) {
			line("| " + Quantity.percent(method.self(), this.tree.weight()) + " | "
					+ Quantity.percent(method.total(), this.tree.weight()) + " | " + code(method.frame().name())
					+ " |");
		}
	}

	// The last frames are what is hot, those before say how it came to that.
	private void paths() throws IOException {
		line("");
		line("The hottest paths, each from its end:");
		line("");
		List<Integer> leaves = IntStream.range(1, this.tree.nodeCount())
			.filter((node) -> this.tree.selfWeight(node) > 0)
			.boxed()
			.sorted(Comparator.comparingLong((Integer node) -> -this.tree.selfWeight(node)))
			.limit(PATHS)
			.toList();
		for (int leaf : leaves) {
			int[] path = this.tree.path(leaf);
			String hottest = IntStream.of(path)
				.limit(FRAMES)
				.mapToObj((node) -> code(this.tree.frame(node).name()))
				.collect(Collectors.joining(" \u2190 "));
			line("1. " + Quantity.percent(this.tree.selfWeight(leaf), this.tree.weight()) + ": " + hottest
					+ ((path.length > FRAMES) ? " \u2190 \u2026" : ""));
		}
	}

	// In a table a vertical line ends the cell, in code as well.
	private static String code(String text) {
		return "`" + text.replaceAll("[`\\p{Cntrl}\\u0085\\u2028\\u2029]", "_").replace("|", "\\|") + "`";
	}

	private void line(String text) throws IOException {
		this.out.append(text).append('\n');
	}

}
