package dev.profiled.code;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

import dev.profiled.Profiled;
import dev.profiled.profile.Endpoint;

/**
 * A method that may be profiled, to be looked up by.
 *
 * @param type the class of its bean, without proxies
 * @param method the method, perhaps of one of its interfaces
 */
public record ProfiledMethod(Class<?> type, Method method) {

	private static final int MAX_LENGTH = 100;

	/**
	 * Return the name under which it is profiled.
	 * @return the name, or {@code null} if it is not to be profiled
	 * @throws InvalidProfiledNameException if the name is not allowed
	 */
	public @Nullable String profileName() {
		MergedAnnotation<Profiled> annotation = annotation();
		if (!annotation.isPresent()) {
			return null;
		}
		String name = annotation.getString(MergedAnnotation.VALUE);
		if (name.isEmpty()) {
			return safe(defaultName());
		}
		if (!Endpoint.NAME.matcher(name).matches()) {
			throw new InvalidProfiledNameException(name, describe(annotation), safe(name), safe(defaultName()));
		}
		return name;
	}

	/**
	 * Return what it is called.
	 * @return the name, as {@code fully.qualified.Class.method}
	 */
	public String qualifiedName() {
		return this.type.getName() + "." + this.method.getName();
	}

	private MergedAnnotation<Profiled> annotation() {
		Method specific = AopUtils.getMostSpecificMethod(this.method, this.type);
		MergedAnnotation<Profiled> annotation = find(MergedAnnotations.from(specific, SearchStrategy.TYPE_HIERARCHY));
		return annotation.isPresent() ? annotation
				: find(MergedAnnotations.from(this.type, SearchStrategy.TYPE_HIERARCHY));
	}

	private static MergedAnnotation<Profiled> find(MergedAnnotations annotations) {
		return annotations.get(Profiled.class);
	}

	private String defaultName() {
		return ClassUtils.getShortName(this.type) + "." + this.method.getName();
	}

	private static String describe(MergedAnnotation<Profiled> annotation) {
		Object source = annotation.getSource();
		String place = (source instanceof Method method)
				? "method " + method.getDeclaringClass().getName() + "." + method.getName()
				: (source instanceof Class<?> type) ? "class " + type.getName() : String.valueOf(source);
		Class<?> root = annotation.getRoot().getType();
		return ((root != Profiled.class) ? "@" + root.getSimpleName() + " (a @Profiled)" : "@Profiled") + " on "
				+ place;
	}

	static String safe(String name) {
		String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
		if (safe.isEmpty() || !Character.isLetterOrDigit(safe.charAt(0))) {
			safe = "x" + safe;
		}
		return safe.substring(0, Math.min(safe.length(), MAX_LENGTH));
	}

}
