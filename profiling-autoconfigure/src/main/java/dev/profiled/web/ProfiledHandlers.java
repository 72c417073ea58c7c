package dev.profiled.web;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

import dev.profiled.code.ProfiledMethod;
import dev.profiled.code.ProfiledMethods;
import dev.profiled.request.ProfiledEndpoint;

/**
 * Knows which handler methods are profiled, and as which endpoint. Thread-safe.
 */
public final class ProfiledHandlers {

	private final ProfiledMethods methods;

	/**
	 * Create an empty registry.
	 * @param methods where profiled methods are registered
	 */
	public ProfiledHandlers(ProfiledMethods methods) {
		this.methods = methods;
	}

	void register(HandlerMethod handler, Collection<String> patterns) {
		this.methods.register(method(handler), patterns);
	}

	// Never throws, and answers the same for the same handler: windows are popped by it.
	@Nullable ProfiledEndpoint resolve(HandlerMethod handler, HttpServletRequest request) {
		return this.methods.resolve(method(handler), () -> patterns(request));
	}

	private static List<String> patterns(HttpServletRequest request) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? List.of(request.getMethod() + " " + pattern) : List.of();
	}

	// Not looked up by the handler method itself, whose hashCode asks the controller's.
	private static ProfiledMethod method(HandlerMethod handler) {
		return new ProfiledMethod(userType(handler), handler.getMethod());
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

}
