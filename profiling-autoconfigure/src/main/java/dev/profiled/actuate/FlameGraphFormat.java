package dev.profiled.actuate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import dev.profiled.render.CollapsedRenderer;
import dev.profiled.render.FlameGraphPage;
import dev.profiled.render.JsonRenderer;
import dev.profiled.render.MarkdownRenderer;
import dev.profiled.render.PprofRenderer;
import dev.profiled.render.ProfileView;
import dev.profiled.render.SpeedscopeRenderer;
import dev.profiled.render.SvgRenderer;

/**
 * The formats of a flame graph. Of several that a request accepts the last one is taken.
 */
enum FlameGraphFormat implements Producible<FlameGraphFormat> {

	MD("text/markdown;charset=UTF-8", "md", Content.ONE_EVENT,
			text((graph, out) -> MarkdownRenderer.render(graph.view(), out))),

	SVG("image/svg+xml", "svg", Content.ONE_EVENT,
			text((graph, out) -> SvgRenderer.render(graph.view().title(), graph.tree(), graph.request().event(),
					graph.request().svg(), out))),

	SPEEDSCOPE("application/speedscope+json", "speedscope.json", Content.ALL_EVENTS,
			text((graph, out) -> SpeedscopeRenderer.render(graph.view().title(),
					graph.views().stream().map(ProfileView::snapshot).toList(), out))),

	PPROF("application/octet-stream", "pb.gz", Content.LATENCIES,
			(graph, out) -> PprofRenderer.render(graph.view().snapshot().summary(), graph.samples(),
					graph.request().event(), out)),

	COLLAPSED("text/plain;charset=UTF-8", "txt", Content.ONE_EVENT,
			text((graph, out) -> CollapsedRenderer.render(graph.tree(), graph.request().event(), out))),

	JSON("application/json", "json", Content.ONE_EVENT,
			text((graph, out) -> out.append(JsonRenderer.render(graph.view())))),

	HTML("text/html;charset=UTF-8", "html", Content.ALL_EVENTS,
			text((graph, out) -> out.append(FlameGraphPage.render(graph.view().title(),
					graph.views().stream().map(JsonRenderer::render).toList(), graph.request().theme()))));

	private final MimeType mimeType;

	private final String extension;

	private final Content content;

	private final Renderer<OutputStream> renderer;

	FlameGraphFormat(String mimeType, String extension, Content content, Renderer<OutputStream> renderer) {
		this.mimeType = MimeTypeUtils.parseMimeType(mimeType);
		this.extension = extension;
		this.content = content;
		this.renderer = renderer;
	}

	private static Renderer<OutputStream> text(Renderer<Appendable> renderer) {
		return (graph, out) -> {
			Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
			renderer.write(graph, writer);
			writer.flush();
		};
	}

	void write(FlameGraph graph, OutputStream out) throws IOException {
		this.renderer.write(graph, out);
	}

	Content content() {
		return this.content;
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	// What a download is called.
	String fileName(String endpoint) {
		return endpoint + "." + this.extension;
	}

	@Override
	public MimeType getProducedMimeType() {
		return this.mimeType;
	}

	@Override
	public boolean isDefault() {
		return this == HTML;
	}

	/**
	 * What a format is made of.
	 */
	enum Content {

		/**
		 * The call tree of the event that was asked for.
		 */
		ONE_EVENT,

		/**
		 * The call trees of all events.
		 */
		ALL_EVENTS,

		/**
		 * The samples of all events by latency.
		 */
		LATENCIES

	}

	private interface Renderer<T> {

		void write(FlameGraph graph, T out) throws IOException;

	}

}
