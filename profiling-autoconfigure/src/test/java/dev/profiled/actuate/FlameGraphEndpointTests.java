package dev.profiled.actuate;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.Resource;

import dev.profiled.engine.EngineState;
import dev.profiled.engine.EngineStatistics;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.profile.Endpoint;
import dev.profiled.profile.Frame;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

class FlameGraphEndpointTests {

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(10, 100, 100);

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final FakeProfilerEngine engine = new FakeProfilerEngine();

	private final ProfiledEndpoint orders = this.endpoints.register("orders",
			() -> this.repository.generation("orders"));

	private final Map<String, String> parameters = new HashMap<>();

	private @Nullable String download;

	private final FlameGraphEndpoint endpoint = endpoint(Access.READ_ONLY);

	@BeforeEach
	void register() {
		this.repository.register(new Endpoint("orders", List.of("a.Orders.list"), List.of("GET /orders")));
		this.engine.start();
	}

	@Test
	void readingHarvestsFirst() {
		this.endpoint.index();
		assertThat(this.engine.harvests()).isEqualTo(1);
		read("orders");
		assertThat(this.engine.harvests()).isEqualTo(2);
	}

	@Test
	void theIndexHoldsWhatWasCounted() {
		this.engine.set(new EngineStatistics(1, 1, 0, 10, 20, 30, 40, 2, 3));
		this.endpoints.refuse("one-too-many");
		this.orders.skipped(SkipReason.BUSY);
		profile();
		FlameGraphIndex index = this.endpoint.index();
		assertThat(index.schema()).isEqualTo(1);
		assertThat(index.profiler().state()).isEqualTo("armed");
		assertThat(index.samples()).isEqualTo(new FlameGraphIndex.Samples(10, 20, 30, 40));
		assertThat(index.inFlight()).isEqualTo(new FlameGraphIndex.InFlight(2, 3));
		assertThat(index.notRegistered()).isEqualTo(1);
		FlameGraphIndex.Endpoint endpoint = index.endpoints().get(0);
		assertThat(endpoint.name()).isEqualTo("orders");
		assertThat(endpoint.requests()).isEqualTo(new FlameGraphIndex.Requests(1, Map.of("busy", 1L)));
		assertThat(endpoint.events()).isEqualTo(Map.of("cpu", new FlameGraphIndex.Event(3, 30, "ns"), "wall",
				new FlameGraphIndex.Event(0, 0, "ns"), "alloc", new FlameGraphIndex.Event(0, 0, "bytes"), "lock",
				new FlameGraphIndex.Event(0, 0, "ns")));
		assertThat(endpoint.latency()).isNotNull();
		assertThat(endpoint.firstProfiled()).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(endpoint.links()).containsExactly(Map.entry("html", "flames/orders?format=html"),
				Map.entry("svg", "flames/orders?format=svg"), Map.entry("json", "flames/orders?format=json"),
				Map.entry("collapsed", "flames/orders?format=collapsed"),
				Map.entry("pprof", "flames/orders?format=pprof"),
				Map.entry("speedscope", "flames/orders?format=speedscope"), Map.entry("md", "flames/orders?format=md"));
	}

	@ParameterizedTest
	@EnumSource(Access.class)
	void theIndexTellsWhatMayBeDone(Access access) {
		assertThat(endpoint(access).index().operations()).isEqualTo(switch (access) {
			case NONE -> List.of();
			case READ_ONLY -> List.of("read");
			case UNRESTRICTED -> List.of("read", "reset");
		});
	}

	@ParameterizedTest
	@EnumSource(value = EngineState.class, names = { "UNAVAILABLE", "SUSPENDED" })
	void whenTheProfilerCannotRunAndThereIsNoSampleThenServiceUnavailable(EngineState state) {
		this.engine.set(state, "No profiler here", "Get one");
		WebEndpointResponse<?> response = read("orders");
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getContentType()).hasToString("application/json");
		assertThat(response.getBody())
			.isEqualTo(new Problem.ProfilerUnavailable("There is nothing to draw, and the profiler is " + state.id(),
					state.id(), "No profiler here", "Get one"));
		assertThat(this.endpoint.index().profiler().message()).isEqualTo("No profiler here");
	}

	@Test
	void whenTheProfilerCannotRunAnyMoreThenWhatThereIsIsServed() {
		profile();
		this.engine.set(EngineState.UNAVAILABLE, "No profiler here", null);
		WebEndpointResponse<?> response = read("orders");
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(text(response)).contains("\"samples\":3").contains("\"message\":\"No profiler here\"");
	}

	@Test
	void thePageHoldsAllEventsThatAreSampledOrHaveSamplesTheOneAskedForFirst() {
		profile();
		add(ProfileEvent.ALLOC);
		String page = html("lock");
		assertThat(events(page)).containsExactly("lock", "cpu", "alloc");
		assertThat(events(html(null))).containsExactly("cpu", "alloc");
	}

	@Test
	void jsonAndCollapsedStacksAreOfOneEvent() {
		profile();
		add(ProfileEvent.ALLOC);
		assertThat(events(text(read("orders")))).containsExactly("cpu");
		assertThat(text(read("orders", "event", "alloc", "format", "collapsed"))).isEqualTo("a.Orders.list 30\n");
	}

	@Test
	void whenTheProfilerCannotRunThenThePageIsServedForTheSamplesOfAnyEvent() {
		add(ProfileEvent.ALLOC);
		this.engine.set(EngineState.UNAVAILABLE, "No profiler here", null);
		assertThat(read("orders").getStatus()).isEqualTo(503);
		assertThat(events(html(null))).containsExactly("cpu", "alloc");
	}

	@ParameterizedTest
	@EnumSource(value = EngineState.class, names = { "OFF", "ARMING", "ARMED", "IDLE" })
	void whenTheProfilerIsOnlyNotThereYetThenTheFlameGraphIsEmpty(EngineState state) {
		this.engine.set(state, null, null);
		assertThat(read("orders").getStatus()).isEqualTo(200);
	}

	@Test
	void whenNobodyKnowsTheNameThenItIsShortened() {
		WebEndpointResponse<?> response = read("x".repeat(5000));
		assertThat(response.getStatus()).isEqualTo(404);
		assertThat(response.getBody()).isInstanceOfSatisfying(Problem.UnknownName.class, (body) -> {
			assertThat(body.error()).hasSizeLessThan(200);
			assertThat(body.names()).containsExactly("orders");
		});
	}

	@Test
	void whenAParameterIsWrongThenItsValueIsShortened() {
		WebEndpointResponse<?> response = read("orders", "theme", "x".repeat(5000));
		assertThat(response.getStatus()).isEqualTo(400);
		assertThat(response.getBody()).isInstanceOfSatisfying(Problem.InvalidParameter.class, (body) -> {
			assertThat(body.error()).isEqualTo("'theme' must be auto or light or dark");
			assertThat(body.parameter()).isEqualTo("theme");
			assertThat(body.value()).hasSizeLessThan(250);
			assertThat(body.allowed()).containsExactly("auto", "light", "dark");
		});
	}

	@Test
	void whenAProfileIsForgottenThenItsCountsBeginAnew() {
		profile();
		this.orders.skipped(SkipReason.BUSY);
		assertThat(this.endpoint.reset("orders").getStatus()).isEqualTo(204);
		FlameGraphIndex.Endpoint endpoint = this.endpoint.index().endpoints().get(0);
		assertThat(endpoint.requests()).isEqualTo(new FlameGraphIndex.Requests(0, Map.of()));
		assertThat(endpoint.events().get("cpu")).isEqualTo(new FlameGraphIndex.Event(0, 0, "ns"));
		assertThat(endpoint.latency()).isNull();
	}

	@Test
	void unknownParametersAreInTheJson() {
		this.parameters.put("dpth", "1");
		assertThat(text(read("orders"))).contains("\"ignoredParameters\":[\"dpth\"],\"ownPackages\":[\"com.example\"]");
	}

	@Test
	void aDownloadHasAName() {
		read("orders", "format", "pprof");
		assertThat(this.download).isEqualTo("orders.pb.gz");
	}

	@Test
	void partsOfAProfileAreLeftOut() {
		profile();
		assertThat(text(read("orders", "format", "collapsed", "simple", "true"))).isEqualTo("Orders.list 3\n");
		assertThat(text(read("orders", "format", "collapsed", "include", "^b"))).isEmpty();
		assertThat(text(read("orders", "format", "collapsed", "exclude", "list"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "include,(", "exclude,[", "root,*", "depth,0", "depth,1e9", "depth,NaN", "simple,maybe", "width,1",
			"minwidth,-1", "colors,pink", "format,png" })
	void whenAParameterMakesNoSenseThenItSaysWhatDoes(String parameter, String value) {
		WebEndpointResponse<?> response = read("orders", parameter, value);
		assertThat(response.getStatus()).isEqualTo(400);
		assertThat(response.getBody()).isInstanceOfSatisfying(Problem.InvalidParameter.class, (body) -> {
			assertThat(body.parameter()).isEqualTo(parameter);
			assertThat(body.value()).isEqualTo(value);
			assertThat(body.allowed()).isNotEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "collapsed", "pprof" })
	void whenAnExpressionTakesTooLongThenTheRequestEnds(String format) {
		StackCounts counts = new StackCounts();
		counts.add(ProfileEvent.CPU, StackTrace.of(Frame.java("a.A", "a".repeat(60))), 1, 1);
		this.repository.record("orders", new RequestProfile(0, 0, 1000, false, counts));
		WebEndpointResponse<?> response = read("orders", "include", "(.*a){20}x", "format", format);
		assertThat(response.getStatus()).isEqualTo(400);
		assertThat(response.getBody()).isInstanceOfSatisfying(Problem.InvalidParameter.class,
				(body) -> assertThat(body.value()).isEqualTo("(.*a){20}x"));
	}

	private void profile() {
		add(ProfileEvent.CPU);
	}

	private void add(ProfileEvent event) {
		StackCounts counts = new StackCounts();
		counts.add(event, StackTrace.of(Frame.java("a.Orders", "list")), 3, 30);
		this.repository.record("orders", new RequestProfile(0, 0, 1000, false, counts));
	}

	private String html(@Nullable String event) {
		return text(
				(event != null) ? read("orders", "event", event, "format", "html") : read("orders", "format", "html"));
	}

	private static List<String> events(String text) {
		return Pattern.compile("\"event\":\"(\\w+)\"").matcher(text).results().map((match) -> match.group(1)).toList();
	}

	private WebEndpointResponse<?> read(String name, String... parametersAndValues) {
		for (int i = 0; i < parametersAndValues.length; i += 2) {
			this.parameters.put(parametersAndValues[i], parametersAndValues[i + 1]);
		}
		WebEndpointResponse<?> response = this.endpoint.flameGraph(name, FlameGraphFormat.JSON, this.parameters);
		this.parameters.clear();
		return response;
	}

	private static String text(WebEndpointResponse<?> response) {
		try {
			return new String(((Resource) response.getBody()).getContentAsByteArray(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private FlameGraphEndpoint endpoint(Access access) {
		return new FlameGraphEndpoint(this.repository, this.endpoints, this.engine, new QueryParameters() {

			@Override
			public @Nullable String value(String name) {
				return FlameGraphEndpointTests.this.parameters.get(name);
			}

			@Override
			public List<String> reportUnknown(Set<String> known) {
				List<String> unknown = new ArrayList<>(FlameGraphEndpointTests.this.parameters.keySet());
				unknown.removeAll(known);
				return unknown;
			}

			@Override
			public Flushable response() {
				return INVISIBLE.response();
			}

			@Override
			public void nameDownload(String name) {
				FlameGraphEndpointTests.this.download = name;
			}

		}, new FlameGraphSettings(access, "flames", List.of("com.example")));
	}

}
