package dev.profiled.cli;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.EventTotals;
import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.MeasuredCost;
import dev.profiled.profile.ProcessProfile;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.TimeSplit;
import dev.profiled.render.ProfileView;
import dev.profiled.render.ProfilerView;

/**
 * What was read: the samples, which are of no requests that anybody knows of.
 *
 * @param samples the samples of all events
 * @param start when they begin, or {@link Instant#EPOCH} if that is not known
 * @param length how long that was, in ns, or 0
 * @param intervals the intervals that are known, by event
 */
record ProfileFile(StackCounts samples, Instant start, long length, Map<String, Long> intervals) {

	/**
	 * Return the events that have samples.
	 * @return the events
	 */
	List<ProfileEvent> events() {
		EnumMap<ProfileEvent, Boolean> events = new EnumMap<>(ProfileEvent.class);
		this.samples.forEach((event, stack, count, weight) -> events.put(event, true));
		return List.copyOf(events.keySet());
	}

	ProcessProfile process() {
		return new ProcessProfile(this.start, this.length, this.samples, false);
	}

	/**
	 * Return the profiles of all events.
	 * @param first the one to show first
	 * @param title the title
	 * @param filter what is left out
	 * @return the profiles
	 */
	List<ProfileView> views(ProfileEvent first, String title, CallTreeFilter filter) {
		return Stream.concat(Stream.of(first), events().stream().filter((event) -> event != first))
			.map((event) -> view(event, title, filter))
			.toList();
	}

	private ProfileView view(ProfileEvent event, String title, CallTreeFilter filter) {
		CallTree tree = filter.apply(this.samples.callTree(event));
		ProfileSummary summary = new ProfileSummary(new Endpoint("profile", List.of(), List.of()), 0,
				LatencySummary.NONE, Map.of(event, new EventTotals(tree.samples(), tree.weight())), TimeSplit.NONE,
				MeasuredCost.NONE, 0, 0, this.samples.stacks(), null, null);
		return new ProfileView(title, new ProfileSnapshot(new ProfileQuery(event), summary, tree), Map.of(), 0, 0,
				new ProfilerView("off", null, this.intervals, null, null, null, List.of()), List.of(), List.of());
	}

}
