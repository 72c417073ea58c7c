package dev.profiled.code;

/**
 * Thrown at start-up for a {@link dev.profiled.Profiled @Profiled} whose name is not
 * allowed.
 */
public final class InvalidProfiledNameException extends RuntimeException {

	private final String name;

	private final String annotation;

	private final String suggestion;

	private final String defaultName;

	InvalidProfiledNameException(String name, String annotation, String suggestion, String defaultName) {
		super("The name '" + name + "' of " + annotation + " is not allowed");
		this.name = name;
		this.annotation = annotation;
		this.suggestion = suggestion;
		this.defaultName = defaultName;
	}

	/**
	 * Return the name.
	 * @return the name as it was given
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return which annotation has the name.
	 * @return the annotation and what it is on
	 */
	public String getAnnotation() {
		return this.annotation;
	}

	/**
	 * Return an allowed name that resembles the given one.
	 * @return the name
	 */
	public String getSuggestion() {
		return this.suggestion;
	}

	/**
	 * Return the name that the method has if none is given.
	 * @return the name
	 */
	public String getDefaultName() {
		return this.defaultName;
	}

}
