package dev.profiled.actuate;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.FlameGraphPage;
import dev.profiled.render.SvgOptions;

/**
 * What is asked for of a flame graph.
 *
 * @param format the format
 * @param event the event
 * @param theme the colours of the page
 * @param title the title, or {@code null} for the name
 * @param filter what is left out
 * @param svg how it is drawn as SVG
 */
record FlameGraphRequest(FlameGraphFormat format, ProfileEvent event, FlameGraphPage.Theme theme,
		@Nullable String title, CallTreeFilter filter, SvgOptions svg) {

	static final Set<String> PARAMETERS = Set.of("format", "event", "theme", "title", "include", "exclude", "root",
			"depth", "simple", "width", "minwidth", "inverted", "reverse", "colors");

	static final List<FlameGraphFormat> FORMATS = List.of(FlameGraphFormat.HTML, FlameGraphFormat.SVG,
			FlameGraphFormat.JSON, FlameGraphFormat.COLLAPSED, FlameGraphFormat.PPROF, FlameGraphFormat.SPEEDSCOPE,
			FlameGraphFormat.MD);

	private static final List<ProfileEvent> EVENTS = List.of(ProfileEvent.values());

	private static final List<FlameGraphPage.Theme> THEMES = List.of(FlameGraphPage.Theme.values());

	private static final List<SvgOptions.Palette> PALETTES = List.of(SvgOptions.Palette.values());

	private static final int MAX_TITLE = 200;

	private static final int MAX_DEPTH = 10_000;

	private static final int MIN_WIDTH = 200;

	private static final int MAX_WIDTH = 20_000;

	static FlameGraphRequest of(FlameGraphFormat accepted, UnaryOperator<@Nullable String> parameters)
			throws InvalidParameterException {
		Parameters values = new Parameters(parameters);
		return new FlameGraphRequest(values.choice("format", FORMATS, FlameGraphFormat::id, accepted),
				values.choice("event", EVENTS, ProfileEvent::id, ProfileEvent.CPU),
				values.choice("theme", THEMES, FlameGraphPage.Theme::id, FlameGraphPage.Theme.AUTO),
				values.text("title", MAX_TITLE), filter(values), svg(values));
	}

	private static CallTreeFilter filter(Parameters values) throws InvalidParameterException {
		return new CallTreeFilter(values.pattern("include"), values.pattern("exclude"), values.pattern("root"),
				(int) values.number("depth", 1, MAX_DEPTH, Integer.MAX_VALUE), values.flag("simple"));
	}

	private static SvgOptions svg(Parameters values) throws InvalidParameterException {
		SvgOptions defaults = SvgOptions.DEFAULTS;
		return new SvgOptions((int) values.number("width", MIN_WIDTH, MAX_WIDTH, defaults.width()),
				values.number("minwidth", 0, MIN_WIDTH, defaults.minWidth()), values.flag("inverted"),
				values.flag("reverse"), values.choice("colors", PALETTES, SvgOptions.Palette::id, defaults.colors()));
	}

}
