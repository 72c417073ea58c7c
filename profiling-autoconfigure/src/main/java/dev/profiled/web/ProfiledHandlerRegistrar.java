package dev.profiled.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Finds the profiled handlers at start-up, so that all are listed before the first
 * request, and a name that is not allowed is found early.
 */
public final class ProfiledHandlerRegistrar implements SmartInitializingSingleton {

	private final ProfiledHandlers handlers;

	private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

	/**
	 * Create a registrar.
	 * @param handlers where profiled handlers are registered
	 * @param mappings the application's handler mappings
	 */
	public ProfiledHandlerRegistrar(ProfiledHandlers handlers,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		this.handlers = handlers;
		this.mappings = mappings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// sorted, so that it does not change from start to start which of them find room
		this.mappings.stream()
			.filter((mapping) -> !isOfActuator(mapping))
			.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
			.sorted(Comparator.comparing((entry) -> entry.getValue().toString()))
			.forEach((entry) -> this.handlers.register(entry.getValue(), patterns(entry.getKey())));
	}

	// Its requests pass no interceptor of the application's.
	private static boolean isOfActuator(RequestMappingInfoHandlerMapping mapping) {
		String type = mapping.getClass().getName();
		return type.startsWith("org.springframework.boot.") && type.contains(".actuate.");
	}

	private static List<String> patterns(RequestMappingInfo info) {
		Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
		List<String> patterns = new ArrayList<>();
		for (String pattern : info.getPatternValues()) {
			if (methods.isEmpty()) {
				patterns.add(pattern);
			}
			methods.forEach((method) -> patterns.add(method + " " + pattern));
		}
		return patterns;
	}

}
