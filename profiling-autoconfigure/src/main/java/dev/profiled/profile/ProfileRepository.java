package dev.profiled.profile;

import java.util.List;
import java.util.Optional;

/**
 * Holds the merged profile of each endpoint. Implementations are thread-safe. Recording
 * is done by one background thread, never by a request.
 */
public interface ProfileRepository {

	/**
	 * Make room for an endpoint, or add handlers to the one of that name.
	 * @param endpoint the endpoint
	 * @return whether there is room; if not, its requests are not profiled
	 */
	boolean register(Endpoint endpoint);

	/**
	 * Return the generation of a profile: the number of times it was reset. Called as a
	 * request begins: must not block.
	 * @param name the name of the endpoint
	 * @return the generation, 0 for an unknown name
	 */
	int generation(String name);

	/**
	 * Fold a request into its endpoint's profile. A request of an earlier generation is
	 * dropped.
	 * @param name the name of the endpoint
	 * @param request the request
	 * @return whether it was folded in
	 */
	boolean record(String name, RequestProfile request);

	/**
	 * Return the profile of an endpoint.
	 * @param name the name of the endpoint
	 * @param query what is asked for
	 * @return a snapshot, or empty for an unknown name
	 */
	Optional<ProfileSnapshot> find(String name, ProfileQuery query);

	/**
	 * Return the samples of all events of an endpoint, by latency.
	 * @param name the name of the endpoint
	 * @return the samples, none for an unknown name
	 */
	LatencySamples samples(String name);

	/**
	 * Return the summary of an endpoint.
	 * @param name the name of the endpoint
	 * @return the summary, or empty for an unknown name
	 */
	Optional<ProfileSummary> summary(String name);

	/**
	 * Return the summaries of all endpoints.
	 * @return the summaries, by name
	 */
	List<ProfileSummary> summaries();

	/**
	 * Forget an endpoint's profile, requests under way included. The endpoint stays
	 * registered.
	 * @param name the name of the endpoint
	 * @return whether there is such an endpoint
	 */
	boolean reset(String name);

}
