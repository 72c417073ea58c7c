package dev.profiled.metrics;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.profiled.Documentation;
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

class ProfilingMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final FakeProfilerEngine engine = new FakeProfilerEngine();

	private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(10, 2, 8);

	private final ProfilingMetrics metrics = new ProfilingMetrics(this.engine, this.endpoints, this.repository);

	@Test
	void theStateOfTheEngineIsOneGaugeOfMany() {
		this.metrics.bindTo(this.registry);
		this.engine.set(EngineState.SUSPENDED, null, null);
		assertThat(state("suspended")).isEqualTo(1);
		assertThat(state("armed")).isZero();
		this.engine.set(EngineState.ARMED, null, null);
		assertThat(state("suspended")).isZero();
		assertThat(state("armed")).isEqualTo(1);
	}

	@Test
	void whatTheEngineCountedIsThere() {
		this.metrics.bindTo(this.registry);
		this.engine.set(new EngineStatistics(3, TimeUnit.MILLISECONDS.toNanos(30), 1, 100, 50, 7, 5, 2, 4));
		assertThat(this.registry.get("profiling.harvest").functionTimer().count()).isEqualTo(3);
		assertThat(this.registry.get("profiling.harvest").functionTimer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(30);
		assertThat(counter("profiling.harvest.failed")).isEqualTo(1);
		assertThat(counter("profiling.samples", "attributed", "true")).isEqualTo(100);
		assertThat(counter("profiling.samples", "attributed", "false")).isEqualTo(50);
		assertThat(counter("profiling.samples.discarded")).isEqualTo(7);
		assertThat(counter("profiling.samples.skipped")).isEqualTo(5);
		assertThat(gauge("profiling.requests.inflight")).isEqualTo(2);
		assertThat(gauge("profiling.samples.inflight")).isEqualTo(4);
	}

	@Test
	void endpointsHaveMetersWhetherTheyComeBeforeOrAfter() {
		ProfiledEndpoint before = register("before");
		this.metrics.bindTo(this.registry);
		ProfiledEndpoint after = register("after");
		before.profiled();
		after.profiled();
		after.profiled();
		after.skipped(SkipReason.VIRTUAL_THREAD);
		assertThat(counter("profiling.requests.profiled", "endpoint", "before")).isEqualTo(1);
		assertThat(counter("profiling.requests.profiled", "endpoint", "after")).isEqualTo(2);
		assertThat(counter("profiling.requests.skipped", "endpoint", "after", "reason", "virtual-thread")).isEqualTo(1);
		assertThat(counter("profiling.requests.skipped", "endpoint", "after", "reason", "busy")).isZero();
		assertThat(gauge("profiling.store.endpoints")).isEqualTo(2);
	}

	@Test
	void everyRegistryHasTheMeters() {
		MeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(other);
		register("orders").profiled();
		assertThat(other.get("profiling.requests.profiled").functionCounter().count()).isEqualTo(1);
		assertThat(counter("profiling.requests.profiled")).isEqualTo(1);
	}

	@Test
	void refusedEndpointsAreCountedButHaveNoMetersOfTheirOwn() {
		this.metrics.bindTo(this.registry);
		this.endpoints.refuse("one-too-many");
		this.endpoints.refuse("one-too-many");
		assertThat(gauge("profiling.store.refused")).isEqualTo(1);
		assertThat(this.registry.find("profiling.requests.profiled").meters()).isEmpty();
	}

	@Test
	void theStoreIsMeasured() {
		this.metrics.bindTo(this.registry);
		register("orders");
		StackCounts counts = new StackCounts();
		for (int i = 0; i < 5; i++) {
			counts.add(ProfileEvent.CPU, StackTrace.of(Frame.java("a.A", "method" + i)), 1, 10);
		}
		this.repository.record("orders", new RequestProfile(0, 0, 1000, false, counts));
		assertThat(gauge("profiling.store.stacks", "endpoint", "orders")).isPositive();
		assertThat(gauge("profiling.samples.truncated", "endpoint", "orders")).isPositive();
		this.repository.reset("orders");
		assertThat(gauge("profiling.samples.truncated", "endpoint", "orders")).isZero();
	}

	@Test
	void everyMeterIsDescribedAndNamed() {
		this.metrics.bindTo(this.registry);
		register("orders");
		List<Meter> meters = this.registry.getMeters();
		assertThat(meters).allSatisfy((meter) -> {
			assertThat(meter.getId().getName()).startsWith("profiling.");
			assertThat(meter.getId().getDescription()).isNotBlank();
		});
		for (ProfilingMeter meter : ProfilingMeter.values()) {
			assertThat(meters).anyMatch((registered) -> registered.getId().getName().equals(meter.id()));
		}
	}

	@Test
	void everyMeterIsInTheReferenceWithItsTypeAndTags() throws IOException {
		this.metrics.bindTo(this.registry);
		register("orders");
		Map<String, String> registered = new TreeMap<>();
		for (Meter meter : this.registry.getMeters()) {
			String tags = meter.getId().getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", "));
			registered.put(meter.getId().getName(), type(meter) + " " + tags);
		}
		Map<String, String> documented = new TreeMap<>();
		Documentation.rows("docs/reference.md", "profiling.")
			.forEach((name, cells) -> documented.put(name,
					cells.get(0) + " " + cells.get(1).replaceAll(" \\(.*\\)", "")));
		assertThat(documented).isEqualTo(registered);
	}

	private static String type(Meter meter) {
		return switch (meter.getId().getType()) {
			case COUNTER -> "counter";
			case TIMER -> "timer";
			case GAUGE -> "gauge";
			default -> "another type";
		};
	}

	private ProfiledEndpoint register(String name) {
		this.repository.register(new Endpoint(name, List.of(), List.of()));
		return this.endpoints.register(name, () -> this.repository.generation(name));
	}

	private double state(String state) {
		return gauge("profiling.engine.state", "state", state);
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private double counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionCounter().count();
	}

}
