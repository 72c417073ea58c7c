package dev.profiled.render;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.EventTotals;
import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.MeasuredCost;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.profile.TimeSplit;

/**
 * The formats in which a profile of a process can be written, or any other profile that
 * is of no requests.
 */
public enum ProcessFormat {

	/**
	 * The classic flame graph.
	 */
	SVG,

	/**
	 * The page, with all events.
	 */
	HTML,

	/**
	 * One stack a line.
	 */
	COLLAPSED,

	/**
	 * For {@code go tool pprof}, with all events.
	 */
	PPROF,

	/**
	 * For speedscope, with all events.
	 */
	SPEEDSCOPE,

	/**
	 * The call tree.
	 */
	JSON,

	/**
	 * A summary in Markdown.
	 */
	MD;

	/**
	 * Write a profile.
	 * @param profile the profile
	 * @param title the title, any text
	 * @param event the event to show, or to show first
	 * @param filter what is left out
	 * @param out receives the document; it is not closed
	 * @throws IOException if the receiver fails
	 */
	public void write(ProcessProfile profile, String title, ProfileEvent event, CallTreeFilter filter, OutputStream out)
			throws IOException {
		if (this == PPROF) {
			GZIPOutputStream zipped = new GZIPOutputStream(out, 8192);
			PprofRenderer.render(profile, event, filter, zipped);
			zipped.finish();
			return;
		}
		List<ProfileView> views = Stream
			.concat(Stream.of(event), profile.events().stream().filter((other) -> other != event))
			.map((shown) -> view(profile, title, shown, filter))
			.toList();
		Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
		write(views, writer);
		writer.flush();
	}

	private void write(List<ProfileView> views, Writer out) throws IOException {
		ProfileView first = views.get(0);
		CallTree tree = first.snapshot().tree();
		ProfileEvent event = first.snapshot().query().event();
		switch (this) {
			case SVG -> SvgRenderer.render(first.title(), tree, event, SvgOptions.DEFAULTS, out);
			case COLLAPSED -> CollapsedRenderer.render(tree, event, out);
			case SPEEDSCOPE ->
				SpeedscopeRenderer.render(first.title(), views.stream().map(ProfileView::snapshot).toList(), out);
			case JSON -> out.write(JsonRenderer.render(first));
			case MD -> MarkdownRenderer.render(first, out);
			default -> out.write(FlameGraphPage.render(first.title(), views.stream().map(JsonRenderer::render).toList(),
					FlameGraphPage.Theme.AUTO));
		}
	}

	private static ProfileView view(ProcessProfile profile, String title, ProfileEvent event, CallTreeFilter filter) {
		CallTree tree = filter.apply(profile.samples().callTree(event));
		ProfileSummary summary = new ProfileSummary(new Endpoint("process", List.of(), List.of()), 0,
				LatencySummary.NONE, Map.of(event, new EventTotals(tree.samples(), tree.weight())), TimeSplit.NONE,
				MeasuredCost.NONE, 0, 0, profile.samples().stacks(), null, null);
		return new ProfileView(title, new ProfileSnapshot(new ProfileQuery(event), summary, tree), Map.of(), 0, 0,
				new ProfilerView("off", null, Map.of(), null, null, null, List.of()), List.of(), List.of());
	}

}
