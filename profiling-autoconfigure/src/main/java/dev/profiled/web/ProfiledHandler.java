package dev.profiled.web;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

import dev.profiled.Profiled;
import dev.profiled.profile.Endpoint;

/**
 * A method of a controller, to be looked up by. Not the {@link HandlerMethod} itself,
 * whose {@code hashCode} asks the controller's.
 *
 * @param type the controller's class, without proxies
 * @param method the method, perhaps of one of its interfaces
 */
record ProfiledHandler(Class<?> type, Method method) {

	private static final int MAX_LENGTH = 100;

	static ProfiledHandler of(HandlerMethod handler) {
		return new ProfiledHandler(userType(handler), handler.getMethod());
	}

	// A JDK proxy does not show its controller's class, and so none of its annotations.
	private static Class<?> userType(HandlerMethod handler) {
		Class<?> type = handler.getBeanType();
		if (!Proxy.isProxyClass(type)) {
			return type;
		}
		Object bean = handler.getBean();
		if (bean instanceof String) {
			bean = handler.createWithResolvedBean().getBean();
		}
		return AopProxyUtils.ultimateTargetClass(bean);
	}

	/**
	 * Return the name under which the handler is profiled.
	 * @return the name, or {@code null} if it is not to be profiled
	 * @throws InvalidProfiledNameException if the name is not allowed
	 */
	@Nullable String profileName() {
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

	String handlerName() {
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
