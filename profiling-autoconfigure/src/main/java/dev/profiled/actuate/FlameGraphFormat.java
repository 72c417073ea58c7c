package dev.profiled.actuate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import dev.profiled.render.CollapsedRenderer;
import dev.profiled.render.FlameGraphPage;
import dev.profiled.render.JsonRenderer;
import dev.profiled.render.ProfileView;

/**
 * The formats of a flame graph. Of several that a request accepts the last one is taken.
 */
enum FlameGraphFormat implements Producible<FlameGraphFormat> {

	COLLAPSED("text/plain;charset=UTF-8") {

		@Override
		String render(List<ProfileView> views, FlameGraphPage.Theme theme) {
			return CollapsedRenderer.render(views.get(0).snapshot().tree());
		}

	},

	JSON("application/json") {

		@Override
		String render(List<ProfileView> views, FlameGraphPage.Theme theme) {
			return JsonRenderer.render(views.get(0));
		}

	},

	HTML("text/html;charset=UTF-8") {

		@Override
		String render(List<ProfileView> views, FlameGraphPage.Theme theme) {
			return FlameGraphPage.render(views.get(0).title(), views.stream().map(JsonRenderer::render).toList(),
					theme);
		}

		@Override
		boolean showsAllEvents() {
			return true;
		}

	};

	private final MimeType mimeType;

	FlameGraphFormat(String mimeType) {
		this.mimeType = MimeTypeUtils.parseMimeType(mimeType);
	}

	// The first view is of the event that was asked for.
	abstract String render(List<ProfileView> views, FlameGraphPage.Theme theme);

	boolean showsAllEvents() {
		return false;
	}

	byte[] bytes(List<ProfileView> views, FlameGraphPage.Theme theme) {
		return render(views, theme).getBytes(StandardCharsets.UTF_8);
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	@Override
	public MimeType getProducedMimeType() {
		return this.mimeType;
	}

	@Override
	public boolean isDefault() {
		return this == HTML;
	}

}
