package dev.profiled.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A {@link ProfileRepository} in memory, bounded in endpoints, in distinct stacks per
 * endpoint and in stack depth. Stacks past a bound are merged into a visible
 * {@link Frame#TRUNCATED} and counted.
 */
public final class InMemoryProfileRepository implements ProfileRepository {

	private final Map<String, EndpointProfile> profiles = new ConcurrentHashMap<>();

	private final int maxEndpoints;

	private final int maxStacks;

	private final int maxDepth;

	/**
	 * Create a repository.
	 * @param maxEndpoints how many endpoints it holds
	 * @param maxStacks how many distinct stacks per endpoint
	 * @param maxDepth how many frames of a stack, counted from its root
	 */
	public InMemoryProfileRepository(int maxEndpoints, int maxStacks, int maxDepth) {
		this.maxEndpoints = maxEndpoints;
		this.maxStacks = maxStacks;
		this.maxDepth = maxDepth;
	}

	@Override
	public synchronized boolean register(Endpoint endpoint) {
		EndpointProfile profile = profile(endpoint.name());
		if (profile != null) {
			profile.add(endpoint);
			return true;
		}
		if (this.profiles.size() >= this.maxEndpoints) {
			return false;
		}
		this.profiles.put(endpoint.name(), new EndpointProfile(endpoint, this.maxStacks, this.maxDepth));
		return true;
	}

	@Override
	public int generation(String name) {
		EndpointProfile profile = profile(name);
		return (profile != null) ? profile.generation() : 0;
	}

	@Override
	public boolean record(String name, RequestProfile request) {
		EndpointProfile profile = profile(name);
		return profile != null && profile.record(request);
	}

	@Override
	public Optional<ProfileSnapshot> find(String name, ProfileQuery query) {
		return Optional.ofNullable(profile(name)).map((profile) -> profile.snapshot(query));
	}

	@Override
	public LatencySamples samples(String name) {
		EndpointProfile profile = profile(name);
		return (profile != null) ? profile.samples() : LatencySamples.NONE;
	}

	@Override
	public Optional<ProfileSummary> summary(String name) {
		return Optional.ofNullable(profile(name)).map(EndpointProfile::summary);
	}

	@Override
	public List<ProfileSummary> summaries() {
		return this.profiles.values()
			.stream()
			.map(EndpointProfile::summary)
			.sorted(Comparator.comparing((summary) -> summary.endpoint().name()))
			.toList();
	}

	@Override
	public boolean reset(String name) {
		EndpointProfile profile = profile(name);
		if (profile != null) {
			profile.reset();
		}
		return profile != null;
	}

	private @Nullable EndpointProfile profile(String name) {
		return this.profiles.get(name);
	}

}
