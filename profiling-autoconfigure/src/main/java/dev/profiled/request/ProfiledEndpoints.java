package dev.profiled.request;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The profiled endpoints of an application. Thread-safe.
 */
public final class ProfiledEndpoints {

	private final Map<String, ProfiledEndpoint> endpoints = new ConcurrentSkipListMap<>();

	/**
	 * Return the endpoint of a name, which is added if there is none.
	 * @param name the name
	 * @param generation the current generation of its profile; must not block
	 * @return the endpoint
	 */
	public ProfiledEndpoint register(String name, IntSupplier generation) {
		return this.endpoints.computeIfAbsent(name, (key) -> new ProfiledEndpoint(key, generation));
	}

	/**
	 * Return the endpoint of a name.
	 * @param name the name
	 * @return the endpoint, or {@code null} if there is none
	 */
	public @Nullable ProfiledEndpoint find(String name) {
		return this.endpoints.get(name);
	}

	/**
	 * Return all endpoints.
	 * @return the endpoints, by name; a live view
	 */
	public Collection<ProfiledEndpoint> all() {
		return Collections.unmodifiableCollection(this.endpoints.values());
	}

}
