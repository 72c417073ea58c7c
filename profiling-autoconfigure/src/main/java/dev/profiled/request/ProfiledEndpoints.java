package dev.profiled.request;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The profiled endpoints of an application. Thread-safe.
 */
public final class ProfiledEndpoints {

	private final Map<String, ProfiledEndpoint> endpoints = new ConcurrentSkipListMap<>();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final List<Consumer<ProfiledEndpoint>> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Return the endpoint of a name, which is added if there is none.
	 * @param name the name
	 * @param generation the current generation of its profile; must not block
	 * @return the endpoint
	 */
	public ProfiledEndpoint register(String name, IntSupplier generation) {
		ProfiledEndpoint added = new ProfiledEndpoint(name, generation);
		ProfiledEndpoint present = this.endpoints.putIfAbsent(name, added);
		if (present != null) {
			return present;
		}
		this.listeners.forEach((listener) -> listener.accept(added));
		return added;
	}

	/**
	 * Be told of each endpoint, those that are already there included.
	 * @param listener what is told, perhaps more than once of an endpoint
	 */
	public void onRegister(Consumer<ProfiledEndpoint> listener) {
		this.listeners.add(listener);
		this.endpoints.values().forEach(listener);
	}

	/**
	 * Remember an endpoint that there is no room for.
	 * @param name the name
	 * @return whether it is the first refusal of that name
	 */
	public boolean refuse(String name) {
		return this.refused.add(name);
	}

	/**
	 * Return how many endpoints there was no room for.
	 * @return the number of names
	 */
	public int refused() {
		return this.refused.size();
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
