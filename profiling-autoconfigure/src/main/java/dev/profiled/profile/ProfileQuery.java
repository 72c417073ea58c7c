package dev.profiled.profile;

/**
 * Which part of a profile is asked for.
 *
 * @param event the event
 */
public record ProfileQuery(ProfileEvent event) {
}
