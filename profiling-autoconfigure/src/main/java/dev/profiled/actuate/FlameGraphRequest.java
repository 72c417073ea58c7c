package dev.profiled.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.FlameGraphPage;

/**
 * What is asked for of a flame graph.
 *
 * @param format the format
 * @param event the event
 * @param theme the colours of the page
 * @param title the title, or {@code null} for the name
 */
record FlameGraphRequest(FlameGraphFormat format, ProfileEvent event, FlameGraphPage.Theme theme,
		@Nullable String title) {

	static final Set<String> PARAMETERS = Set.of("format", "event", "theme", "title");

	static final List<FlameGraphFormat> FORMATS = List.of(FlameGraphFormat.HTML, FlameGraphFormat.JSON,
			FlameGraphFormat.COLLAPSED);

	private static final List<ProfileEvent> EVENTS = Arrays.asList(ProfileEvent.values());

	private static final List<FlameGraphPage.Theme> THEMES = List.of(FlameGraphPage.Theme.values());

	private static final int MAX_TITLE = 200;

	static FlameGraphRequest of(FlameGraphFormat accepted, @Nullable String format, @Nullable String event,
			@Nullable String theme, @Nullable String title) throws InvalidParameterException {
		return new FlameGraphRequest(choose("format", format, FORMATS, FlameGraphFormat::id, accepted),
				choose("event", event, EVENTS, ProfileEvent::id, ProfileEvent.CPU),
				choose("theme", theme, THEMES, FlameGraphPage.Theme::id, FlameGraphPage.Theme.AUTO), title(title));
	}

	// A parameter without a value is the same as none.
	private static <T> T choose(String parameter, @Nullable String value, List<T> values, Function<T, String> id,
			T defaultValue) throws InvalidParameterException {
		if (!StringUtils.hasText(value)) {
			return defaultValue;
		}
		String wanted = value.strip().toLowerCase(Locale.ROOT);
		for (T candidate : values) {
			if (id.apply(candidate).equals(wanted)) {
				return candidate;
			}
		}
		throw new InvalidParameterException(parameter, value, values.stream().map(id).toList());
	}

	private static @Nullable String title(@Nullable String value) throws InvalidParameterException {
		if (!StringUtils.hasText(value)) {
			return null;
		}
		if (value.length() > MAX_TITLE) {
			throw new InvalidParameterException("title", value, List.of("up to " + MAX_TITLE + " characters"));
		}
		return value.strip();
	}

}
