package dev.profiled.code;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;

/**
 * Knows which methods are profiled, and as which endpoint. The first endpoint starts the
 * profiler. Thread-safe.
 */
public final class ProfiledMethods {

	private static final Log logger = LogFactory.getLog(ProfiledMethods.class);

	private final ProfileRepository repository;

	private final ProfiledEndpoints endpoints;

	private final ProfilerEngine engine;

	private final WarnOnce failures = new WarnOnce(ProfiledMethods.class);

	private final Map<ProfiledMethod, Optional<ProfiledEndpoint>> resolved = new ConcurrentHashMap<>();

	/**
	 * Create an empty registry.
	 * @param repository makes room for the endpoints' profiles
	 * @param endpoints the endpoints, to which those found are added
	 * @param engine the profiler to start
	 */
	public ProfiledMethods(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine) {
		this.repository = repository;
		this.endpoints = endpoints;
		this.engine = engine;
	}

	/**
	 * Add a method, if it is to be profiled.
	 * @param method the method
	 * @param patterns the HTTP methods and path patterns that lead to it
	 * @throws InvalidProfiledNameException if it has a name that is not allowed
	 */
	public void register(ProfiledMethod method, Collection<String> patterns) {
		this.resolved.put(method, endpoint(method, patterns));
	}

	/**
	 * Return the endpoint of a method, which is added if it is not known. Never throws,
	 * and answers the same for the same method.
	 * @param method the method
	 * @param patterns tells the patterns of a method that is not known
	 * @return the endpoint, or {@code null} if the method is not profiled
	 */
	public @Nullable ProfiledEndpoint resolve(ProfiledMethod method, Supplier<Collection<String>> patterns) {
		Optional<ProfiledEndpoint> endpoint = this.resolved.get(method);
		if (endpoint == null) {
			Optional<ProfiledEndpoint> late = registerLate(method, patterns);
			Optional<ProfiledEndpoint> present = this.resolved.putIfAbsent(method, late);
			endpoint = (present != null) ? present : late;
		}
		return endpoint.orElse(null);
	}

	private Optional<ProfiledEndpoint> registerLate(ProfiledMethod method, Supplier<Collection<String>> patterns) {
		try {
			return endpoint(method, patterns.get());
		}
		catch (RuntimeException | LinkageError ex) {
			this.failures.log(() -> method.qualifiedName() + " is not profiled.", ex);
			return Optional.empty();
		}
	}

	private Optional<ProfiledEndpoint> endpoint(ProfiledMethod method, Collection<String> patterns) {
		String name = method.profileName();
		return (name != null)
				? Optional.ofNullable(register(new Endpoint(name, List.of(method.qualifiedName()), patterns)))
				: Optional.empty();
	}

	// None if there is no room for it.
	@Nullable ProfiledEndpoint register(Endpoint added) {
		String name = added.name();
		if (!this.repository.register(added)) {
			refuse(name);
			return null;
		}
		ProfiledEndpoint endpoint = this.endpoints.register(name, () -> this.repository.generation(name));
		this.engine.start();
		return endpoint;
	}

	@Nullable ProfiledEndpoint find(String name) {
		return this.endpoints.find(name);
	}

	private void refuse(String name) {
		boolean first = this.endpoints.refused() == 0;
		if (this.endpoints.refuse(name) && first) {
			logger.warn("'" + name + "' is not profiled, and so are any endpoints that follow: profiling.max-endpoints "
					+ "is reached. Raise it, or put @Profiled on fewer handlers.");
		}
	}

}
