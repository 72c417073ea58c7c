package dev.profiled.actuate;

import java.util.List;

/**
 * Thrown for a parameter whose value is not allowed.
 */
final class InvalidParameterException extends Exception {

	private static final int MAX_LENGTH = 200;

	private final String parameter;

	private final String value;

	private final List<String> allowed;

	InvalidParameterException(String parameter, String value, List<String> allowed) {
		super("'" + parameter + "' is not allowed to have this value");
		this.parameter = parameter;
		this.value = (value.length() > MAX_LENGTH) ? value.substring(0, MAX_LENGTH) + "…" : value;
		this.allowed = allowed;
	}

	Problem.InvalidParameter problem() {
		return new Problem.InvalidParameter("'" + this.parameter + "' must be " + String.join(" or ", this.allowed),
				this.parameter, this.value, this.allowed);
	}

}
