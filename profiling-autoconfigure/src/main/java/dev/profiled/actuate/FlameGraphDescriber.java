package dev.profiled.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.engine.EngineStatistics;
import dev.profiled.engine.EngineStatus;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.EventTotals;
import dev.profiled.profile.LatencyBuckets;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.render.ProfileView;
import dev.profiled.render.ProfilerView;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;

/**
 * Puts together what the profiler, the requests and the profiles tell.
 */
final class FlameGraphDescriber {

	private static final int SCHEMA = 1;

	private final ProfileRepository repository;

	private final ProfiledEndpoints endpoints;

	private final ProfilerEngine engine;

	private final FlameGraphSettings settings;

	FlameGraphDescriber(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine,
			FlameGraphSettings settings) {
		this.repository = repository;
		this.endpoints = endpoints;
		this.engine = engine;
		this.settings = settings;
	}

	FlameGraphIndex index() {
		EngineStatistics statistics = this.engine.statistics();
		return new FlameGraphIndex(SCHEMA, profiler(this.engine.status()), operations(),
				new FlameGraphIndex.Samples(statistics.attributedSamples(), statistics.unattributedSamples(),
						statistics.discardedSamples(), statistics.skippedSamples()),
				new FlameGraphIndex.InFlight(statistics.inFlightRequests(), statistics.inFlightSamples()),
				this.endpoints.refused(), LatencyBuckets.SCHEME,
				this.repository.summaries().stream().map(this::endpoint).toList());
	}

	ProfileView view(ProfileSnapshot snapshot, @Nullable String title, List<String> ignoredParameters) {
		String name = snapshot.summary().endpoint().name();
		ProfiledEndpoint endpoint = this.endpoints.find(name);
		EngineStatus status = this.engine.status();
		ProfilerView profiler = new ProfilerView(status.state().id(), status.engine(), intervals(status),
				status.kernelFrames(), status.message(), status.advice(), status.limits());
		return new ProfileView((title != null) ? title : name, snapshot, skipped(name),
				(endpoint != null) ? endpoint.underWay() : 0, this.engine.statistics().discardedSamples(), profiler,
				ignoredParameters, this.settings.ownPackages());
	}

	private List<String> operations() {
		return switch (this.settings.access()) {
			case NONE -> List.of();
			case READ_ONLY -> List.of("read");
			case UNRESTRICTED -> List.of("read", "reset");
		};
	}

	private FlameGraphIndex.Profiler profiler(EngineStatus status) {
		return new FlameGraphIndex.Profiler(status.state().id(), status.engine(), status.requestedInterval(),
				status.interval(), intervals(status), status.kernelFrames(), status.message(), status.advice(),
				status.limits());
	}

	private static Map<String, Long> intervals(EngineStatus status) {
		Map<String, Long> intervals = new LinkedHashMap<>();
		for (ProfileEvent event : ProfileEvent.values()) {
			Long interval = status.intervals().get(event);
			if (interval != null) {
				intervals.put(event.id(), interval);
			}
		}
		return intervals;
	}

	private FlameGraphIndex.Endpoint endpoint(ProfileSummary summary) {
		String name = summary.endpoint().name();
		long profiled = summary.latency().count();
		return new FlameGraphIndex.Endpoint(name, summary.endpoint().handlers(), summary.endpoint().patterns(),
				new FlameGraphIndex.Requests(profiled, skipped(name)), events(summary),
				(summary.split().requests() > 0) ? summary.split().figures() : null,
				(summary.measured().requests() > 0) ? summary.measured() : null, summary.approximateRequests(),
				(profiled > 0) ? summary.latency() : null, summary.truncatedSamples(), summary.stacks(),
				text(summary.firstProfiled()), text(summary.lastProfiled()), links(name));
	}

	private Map<String, Long> skipped(String name) {
		Map<String, Long> skipped = new LinkedHashMap<>();
		ProfiledEndpoint endpoint = this.endpoints.find(name);
		if (endpoint != null) {
			endpoint.skippedSinceReset().forEach((reason, requests) -> skipped.put(reason.id(), requests));
		}
		return skipped;
	}

	private Map<String, FlameGraphIndex.Event> events(ProfileSummary summary) {
		Map<String, FlameGraphIndex.Event> events = new LinkedHashMap<>();
		for (ProfileEvent event : ProfileEvent.values()) {
			EventTotals totals = summary.totals(event);
			events.put(event.id(), new FlameGraphIndex.Event(totals.samples(), totals.weight(), event.unit()));
		}
		return events;
	}

	// Names are safe in an address as they are.
	private Map<String, String> links(String name) {
		Map<String, String> links = new LinkedHashMap<>();
		for (FlameGraphFormat format : FlameGraphRequest.FORMATS) {
			links.put(format.id(), this.settings.path() + "/" + name + "?format=" + format.id());
		}
		return links;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

}
