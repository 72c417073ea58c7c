package dev.profiled.render;

import java.util.List;
import java.util.Map;

import dev.profiled.profile.ProfileSnapshot;

/**
 * A profile with what a reader has to know beside it.
 *
 * @param title the title
 * @param snapshot the profile
 * @param skipped the requests that were not profiled, by reason
 * @param inFlight the requests that are being profiled now
 * @param discardedSamples the samples of the application's requests that could not be
 * counted
 * @param profiler the profiler
 * @param ignoredParameters the parameters of the request for this profile that were not
 * understood
 * @param ownPackages the packages of the application
 */
public record ProfileView(String title, ProfileSnapshot snapshot, Map<String, Long> skipped, long inFlight,
		long discardedSamples, ProfilerView profiler, List<String> ignoredParameters, List<String> ownPackages) {
}
