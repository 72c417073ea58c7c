package dev.profiled.actuate;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.profiled.profile.FramePattern;

/**
 * The parameters of a request by type. One without a value is the same as none.
 */
final class Parameters {

	private static final int MAX_PATTERN = 500;

	private final UnaryOperator<@Nullable String> values;

	Parameters(UnaryOperator<@Nullable String> values) {
		this.values = values;
	}

	<T> T choice(String parameter, List<T> choices, Function<T, String> id, T defaultValue)
			throws InvalidParameterException {
		String value = this.values.apply(parameter);
		if (!StringUtils.hasText(value)) {
			return defaultValue;
		}
		String wanted = value.strip().toLowerCase(Locale.ROOT);
		for (T choice : choices) {
			if (id.apply(choice).equals(wanted)) {
				return choice;
			}
		}
		throw new InvalidParameterException(parameter, value, choices.stream().map(id).toList());
	}

	boolean flag(String parameter) throws InvalidParameterException {
		return choice(parameter, List.of(true, false), String::valueOf, false);
	}

	@Nullable String text(String parameter, int maxLength) throws InvalidParameterException {
		String value = this.values.apply(parameter);
		if (!StringUtils.hasText(value)) {
			return null;
		}
		if (value.length() > maxLength) {
			throw new InvalidParameterException(parameter, value, List.of("up to " + maxLength + " characters"));
		}
		return value.strip();
	}

	double number(String parameter, double min, double max, double defaultValue) throws InvalidParameterException {
		String value = this.values.apply(parameter);
		if (!StringUtils.hasText(value)) {
			return defaultValue;
		}
		try {
			double number = Double.parseDouble(value.strip());
			if (number >= min && number <= max) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// as one out of bounds
		}
		throw new InvalidParameterException(parameter, value,
				List.of("a number from %.0f to %.0f".formatted(min, max)));
	}

	@Nullable FramePattern pattern(String parameter) throws InvalidParameterException {
		String value = text(parameter, MAX_PATTERN);
		try {
			return (value != null) ? new FramePattern(value) : null;
		}
		catch (PatternSyntaxException ex) {
			throw new InvalidParameterException(parameter, value,
					List.of("a regular expression: " + ex.getDescription()));
		}
	}

}
