package dev.profiled.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;

/**
 * Knows which handler methods are profiled, and as which endpoint. The first of them
 * starts the profiler. Thread-safe.
 */
public final class ProfiledHandlers {

	private static final Log logger = LogFactory.getLog(ProfiledHandlers.class);

	private final ProfileRepository repository;

	private final ProfiledEndpoints endpoints;

	private final ProfilerEngine engine;

	private final WarnOnce failures = new WarnOnce(ProfiledHandlers.class);

	private final Map<ProfiledHandler, Optional<ProfiledEndpoint>> resolved = new ConcurrentHashMap<>();

	/**
	 * Create an empty registry.
	 * @param repository makes room for the endpoints' profiles
	 * @param endpoints the endpoints, to which those found are added
	 * @param engine the profiler to start
	 */
	public ProfiledHandlers(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine) {
		this.repository = repository;
		this.endpoints = endpoints;
		this.engine = engine;
	}

	void register(HandlerMethod handlerMethod, Collection<String> patterns) {
		ProfiledHandler handler = ProfiledHandler.of(handlerMethod);
		this.resolved.put(handler, register(handler, patterns));
	}

	// Never throws, and answers the same for the same handler: windows are popped by it.
	@Nullable ProfiledEndpoint resolve(HandlerMethod handlerMethod, HttpServletRequest request) {
		ProfiledHandler handler = ProfiledHandler.of(handlerMethod);
		Optional<ProfiledEndpoint> endpoint = this.resolved.get(handler);
		if (endpoint == null) {
			Optional<ProfiledEndpoint> late = registerLate(handler, request);
			Optional<ProfiledEndpoint> present = this.resolved.putIfAbsent(handler, late);
			endpoint = (present != null) ? present : late;
		}
		return endpoint.orElse(null);
	}

	private Optional<ProfiledEndpoint> registerLate(ProfiledHandler handler, HttpServletRequest request) {
		try {
			Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
			return register(handler, (pattern != null) ? List.of(request.getMethod() + " " + pattern) : List.of());
		}
		catch (RuntimeException | LinkageError ex) {
			this.failures.log(() -> handler.handlerName() + " is not profiled.", ex);
			return Optional.empty();
		}
	}

	private Optional<ProfiledEndpoint> register(ProfiledHandler handler, Collection<String> patterns) {
		String name = handler.profileName();
		if (name == null) {
			return Optional.empty();
		}
		if (!this.repository.register(new Endpoint(name, List.of(handler.handlerName()), patterns))) {
			refuse(name);
			return Optional.empty();
		}
		ProfiledEndpoint endpoint = this.endpoints.register(name, () -> this.repository.generation(name));
		this.engine.start();
		return Optional.of(endpoint);
	}

	private void refuse(String name) {
		boolean first = this.endpoints.refused() == 0;
		if (this.endpoints.refuse(name) && first) {
			logger.warn("'" + name + "' is not profiled, and so are any endpoints that follow: profiling.max-endpoints "
					+ "is reached. Raise it, or put @Profiled on fewer handlers.");
		}
	}

}
