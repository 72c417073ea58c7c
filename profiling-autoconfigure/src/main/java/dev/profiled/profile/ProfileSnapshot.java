package dev.profiled.profile;

/**
 * A profile as it stood at one moment. Immutable.
 *
 * @param query what was asked for
 * @param summary the endpoint and its totals
 * @param tree the call tree of the event that was asked for
 */
public record ProfileSnapshot(ProfileQuery query, ProfileSummary summary, CallTree tree) {
}
