package dev.profiled.profile;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is profiled under one name.
 *
 * @param name the name, matching {@link #NAME}
 * @param handlers the handler methods, as {@code fully.qualified.Class.method}
 * @param patterns the HTTP methods and path patterns that lead to them, as {@code GET
 * /orders/{id}}
 */
public record Endpoint(String name, SortedSet<String> handlers, SortedSet<String> patterns) {

	/**
	 * The names that are allowed.
	 */
	public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	public Endpoint {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'name' must match " + NAME + " but was '" + name + "'");
		}
		handlers = Collections.unmodifiableSortedSet(new TreeSet<>(handlers));
		patterns = Collections.unmodifiableSortedSet(new TreeSet<>(patterns));
	}

	public Endpoint(String name, Collection<String> handlers, Collection<String> patterns) {
		this(name, new TreeSet<>(handlers), new TreeSet<>(patterns));
	}

	/**
	 * Return this endpoint with the handlers and patterns of both.
	 * @param other an endpoint of the same name
	 * @return the union
	 */
	public Endpoint and(Endpoint other) {
		SortedSet<String> handlers = new TreeSet<>(this.handlers);
		handlers.addAll(other.handlers);
		SortedSet<String> patterns = new TreeSet<>(this.patterns);
		patterns.addAll(other.patterns);
		return new Endpoint(this.name, handlers, patterns);
	}

}
