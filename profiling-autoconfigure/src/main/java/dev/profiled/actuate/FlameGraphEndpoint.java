package dev.profiled.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;

import dev.profiled.engine.EngineState;
import dev.profiled.engine.EngineStatus;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.FramePattern;
import dev.profiled.profile.LatencySamples;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.render.ProfileView;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;

/**
 * The actuator endpoint that serves the merged flame graph of each profiled endpoint.
 */
@WebEndpoint(id = "flamegraph", defaultAccess = Access.READ_ONLY)
public class FlameGraphEndpoint {

	private static final Duration HARVEST_TIMEOUT = Duration.ofSeconds(2);

	private final ProfileRepository repository;

	private final ProfiledEndpoints endpoints;

	private final ProfilerEngine engine;

	private final QueryParameters parameters;

	private final FlameGraphDescriber describer;

	/**
	 * Create the endpoint.
	 * @param repository the profiles
	 * @param endpoints the profiled endpoints
	 * @param engine the profiler
	 * @param parameters the query parameters of a request
	 * @param settings what it has to know of the application
	 */
	public FlameGraphEndpoint(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine,
			QueryParameters parameters, FlameGraphSettings settings) {
		this.repository = repository;
		this.endpoints = endpoints;
		this.engine = engine;
		this.parameters = parameters;
		this.describer = new FlameGraphDescriber(repository, endpoints, engine, settings);
	}

	/**
	 * Return what the profiler does, and every profiled endpoint.
	 * @return the index
	 */
	@ReadOperation
	public FlameGraphIndex index() {
		this.parameters.reportUnknown(Set.of());
		this.engine.harvest(HARVEST_TIMEOUT);
		return this.describer.index();
	}

	/**
	 * Return a flame graph. Each parameter is one by itself, since only those are seen in
	 * applications that are not servlet applications.
	 * @param name the name of the endpoint
	 * @param accepted the format that the request accepts
	 * @param format the format, if it is not to be that
	 * @param event the event, or the one that is shown first
	 * @param theme the colours of the page
	 * @param title the title
	 * @param include keeps stacks with such a frame
	 * @param exclude leaves out stacks with such a frame
	 * @param root lets stacks begin with such a frame
	 * @param depth how many frames of a stack are kept
	 * @param simple whether classes go without their packages
	 * @param width the width of an SVG
	 * @param minwidth the width of the narrowest frame of an SVG
	 * @param inverted whether the root of an SVG is at the top
	 * @param reverse whether stacks of an SVG begin with their leaves
	 * @param colors the colours of an SVG
	 * @return the flame graph
	 */
	@ReadOperation(producesFrom = FlameGraphFormat.class)
	public WebEndpointResponse<?> flameGraph(@Selector String name, FlameGraphFormat accepted, @Nullable String format,
			@Nullable String event, @Nullable String theme, @Nullable String title, @Nullable String include,
			@Nullable String exclude, @Nullable String root, @Nullable String depth, @Nullable String simple,
			@Nullable String width, @Nullable String minwidth, @Nullable String inverted, @Nullable String reverse,
			@Nullable String colors) {
		Map<String, String> values = new HashMap<>();
		values.put("format", format);
		values.put("event", event);
		values.put("theme", theme);
		values.put("title", title);
		values.put("include", include);
		values.put("exclude", exclude);
		values.put("root", root);
		values.put("depth", depth);
		values.put("simple", simple);
		values.put("width", width);
		values.put("minwidth", minwidth);
		values.put("inverted", inverted);
		values.put("reverse", reverse);
		values.put("colors", colors);
		return flameGraph(name, accepted, values);
	}

	WebEndpointResponse<?> flameGraph(String name, FlameGraphFormat accepted, Map<String, String> values) {
		List<String> unknown = this.parameters.reportUnknown(FlameGraphRequest.PARAMETERS);
		try {
			requireNoNameInQuery();
			FlameGraphRequest request = FlameGraphRequest.of(accepted, values::get);
			this.engine.harvest(HARVEST_TIMEOUT);
			List<ProfileSnapshot> snapshots = snapshots(name, request);
			return snapshots.isEmpty() ? unknownName(name) : flameGraph(snapshots, request, unknown);
		}
		catch (FramePattern.TooSlowException ex) {
			return new InvalidParameterException("include, exclude or root", ex.expression(),
					List.of("an expression that is quickly searched for"))
				.problem()
				.withStatus(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		catch (InvalidParameterException ex) {
			return ex.problem().withStatus(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	// That of the event that was asked for comes first.
	private List<ProfileSnapshot> snapshots(String name, FlameGraphRequest request) {
		List<ProfileSnapshot> snapshots = new ArrayList<>();
		this.repository.find(name, new ProfileQuery(request.event())).ifPresent(snapshots::add);
		if (!snapshots.isEmpty() && request.format().content() == FlameGraphFormat.Content.ALL_EVENTS) {
			ProfileSummary summary = snapshots.get(0).summary();
			Set<ProfileEvent> sampled = this.engine.status().intervals().keySet();
			Stream.of(ProfileEvent.values())
				.filter((event) -> event != request.event())
				.filter((event) -> sampled.contains(event) || summary.totals(event).weight() > 0)
				.flatMap((event) -> this.repository.find(name, new ProfileQuery(event)).stream())
				.forEach(snapshots::add);
		}
		return snapshots;
	}

	private WebEndpointResponse<?> flameGraph(List<ProfileSnapshot> snapshots, FlameGraphRequest request,
			List<String> unknownParameters) {
		EngineStatus status = this.engine.status();
		boolean unavailable = status.state() == EngineState.UNAVAILABLE || status.state() == EngineState.SUSPENDED;
		if (unavailable && snapshots.stream().allMatch((snapshot) -> snapshot.tree().samples() == 0)) {
			return Problem.ProfilerUnavailable.of(status).withStatus(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
		String name = snapshots.get(0).summary().endpoint().name();
		boolean byLatency = request.format().content() == FlameGraphFormat.Content.LATENCIES;
		// samples by latency have a tree of their own
		CallTreeFilter filter = byLatency ? CallTreeFilter.NONE : request.filter();
		List<ProfileView> views = snapshots.stream()
			.map((snapshot) -> new ProfileSnapshot(snapshot.query(), snapshot.summary(), filter.apply(snapshot.tree())))
			.map((snapshot) -> this.describer.view(snapshot, request.title(), unknownParameters))
			.toList();
		LatencySamples samples = byLatency ? this.repository.samples(name).filter(request.filter())
				: LatencySamples.NONE;
		FlameGraph graph = new FlameGraph(request, views, samples);
		this.parameters.nameDownload(request.format().fileName(name));
		return new WebEndpointResponse<>(graph.document(), WebEndpointResponse.STATUS_OK,
				request.format().getProducedMimeType());
	}

	/**
	 * Forget all profiles.
	 * @return no content
	 */
	@DeleteOperation
	public WebEndpointResponse<?> resetAll() {
		this.parameters.reportUnknown(Set.of());
		try {
			requireNoNameInQuery();
			this.repository.summaries().forEach((summary) -> resetProfile(summary.endpoint().name()));
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		catch (InvalidParameterException ex) {
			return ex.problem().withStatus(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	/**
	 * Forget a profile.
	 * @param name the name of the endpoint
	 * @return no content
	 */
	@DeleteOperation
	public WebEndpointResponse<?> reset(@Selector String name) {
		this.parameters.reportUnknown(Set.of());
		try {
			requireNoNameInQuery();
			return resetProfile(name) ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT)
					: unknownName(name);
		}
		catch (InvalidParameterException ex) {
			return ex.problem().withStatus(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private boolean resetProfile(String name) {
		boolean found = this.repository.reset(name);
		ProfiledEndpoint endpoint = this.endpoints.find(name);
		if (endpoint != null) {
			endpoint.reset();
		}
		return found;
	}

	// Actuator lets a query parameter take the place of a part of the path; without that
	// part, who meant one profile would forget all.
	private void requireNoNameInQuery() throws InvalidParameterException {
		String name = this.parameters.value("name");
		if (name != null) {
			throw new InvalidParameterException("name", name, List.of("given in the path only"));
		}
	}

	private WebEndpointResponse<?> unknownName(String name) {
		List<String> names = this.repository.summaries().stream().map((summary) -> summary.endpoint().name()).toList();
		return Problem.UnknownName.of(name, names).withStatus(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
