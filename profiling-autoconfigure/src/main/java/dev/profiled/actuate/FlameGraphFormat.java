package dev.profiled.actuate;

import java.nio.charset.StandardCharsets;
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
		String render(ProfileView view, FlameGraphPage.Theme theme) {
			return CollapsedRenderer.render(view.snapshot().tree());
		}

	},

	JSON("application/json") {

		@Override
		String render(ProfileView view, FlameGraphPage.Theme theme) {
			return JsonRenderer.render(view);
		}

	},

	HTML("text/html;charset=UTF-8") {

		@Override
		String render(ProfileView view, FlameGraphPage.Theme theme) {
			return FlameGraphPage.render(view.title(), JsonRenderer.render(view), theme);
		}

	};

	private final MimeType mimeType;

	FlameGraphFormat(String mimeType) {
		this.mimeType = MimeTypeUtils.parseMimeType(mimeType);
	}

	abstract String render(ProfileView view, FlameGraphPage.Theme theme);

	byte[] bytes(ProfileView view, FlameGraphPage.Theme theme) {
		return render(view, theme).getBytes(StandardCharsets.UTF_8);
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
