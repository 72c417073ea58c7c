package dev.profiled.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.CollapsedRenderer;
import dev.profiled.render.FlameGraphPage;
import dev.profiled.render.JsonRenderer;
import dev.profiled.render.MarkdownRenderer;
import dev.profiled.render.PprofRenderer;
import dev.profiled.render.ProfileView;
import dev.profiled.render.SpeedscopeRenderer;
import dev.profiled.render.SvgOptions;
import dev.profiled.render.SvgRenderer;

/**
 * The formats that can be written.
 */
enum OutputFormat {

	SVG(".svg"), HTML(".html"), COLLAPSED(".txt", ".collapsed"), PPROF(".pb.gz", ".pprof"),
	SPEEDSCOPE(".speedscope.json"), JSON(".json"), MD(".md");

	private final List<String> extensions;

	OutputFormat(String... extensions) {
		this.extensions = List.of(extensions);
	}

	static OutputFormat byName(@Nullable Path file) throws UsageException {
		if (file == null) {
			return SVG;
		}
		for (OutputFormat format : values()) {
			if (format.extensions.stream().anyMatch(file.toString()::endsWith)) {
				return format;
			}
		}
		throw new UsageException("The name of '" + file + "' does not tell the format: say --format.");
	}

	/**
	 * Write a profile.
	 * @param profile the profile
	 * @param arguments what is asked for
	 * @param out receives the document; it is not closed
	 * @throws IOException if the receiver fails
	 * @throws UsageException if the profile does not have what is asked for
	 */
	void write(ProfileFile profile, Arguments arguments, OutputStream out) throws IOException, UsageException {
		ProfileEvent event = event(profile, arguments);
		String title = (arguments.title() != null) ? arguments.title() : arguments.input();
		List<ProfileView> views = profile.views(event, title, arguments.filter());
		if (this == PPROF) {
			GZIPOutputStream zipped = new GZIPOutputStream(out, 8192);
			PprofRenderer.render(profile.process(), event, arguments.filter(), zipped);
			zipped.finish();
			return;
		}
		Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
		write(views, writer);
		writer.flush();
	}

	private void write(List<ProfileView> views, Writer out) throws IOException {
		ProfileView first = views.get(0);
		ProfileEvent event = first.snapshot().query().event();
		switch (this) {
			case SVG -> SvgRenderer.render(first.title(), first.snapshot().tree(), event, SvgOptions.DEFAULTS, out);
			case COLLAPSED -> CollapsedRenderer.render(first.snapshot().tree(), event, out);
			case SPEEDSCOPE ->
				SpeedscopeRenderer.render(first.title(), views.stream().map(ProfileView::snapshot).toList(), out);
			case JSON -> out.write(JsonRenderer.render(first));
			case MD -> MarkdownRenderer.render(first, out);
			default -> out.write(FlameGraphPage.render(first.title(), views.stream().map(JsonRenderer::render).toList(),
					FlameGraphPage.Theme.AUTO));
		}
	}

	private static ProfileEvent event(ProfileFile profile, Arguments arguments) throws UsageException {
		List<ProfileEvent> events = profile.events();
		ProfileEvent event = arguments.event();
		if (events.isEmpty()) {
			throw new UsageException("'" + arguments.input() + "' has no samples.");
		}
		if (event != null && !events.contains(event)) {
			throw new UsageException("'" + arguments.input() + "' has no samples of " + event.id() + ", but of "
					+ events.stream().map(ProfileEvent::id).toList() + ".");
		}
		return (event != null) ? event : events.get(0);
	}

}
