package dev.profiled.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.profiled.engine.EngineState;
import dev.profiled.engine.EngineStatistics;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.ProfileSummary;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.SkipReason;

/**
 * Meters of what the profiler does and of what was profiled. Endpoints get theirs as they
 * appear; there are never more than the repository has room for.
 */
public final class ProfilingMetrics implements MeterBinder {

	private final ProfilerEngine engine;

	private final ProfiledEndpoints endpoints;

	private final ProfileRepository repository;

	/**
	 * Create the meters.
	 * @param engine the profiler
	 * @param endpoints the profiled endpoints
	 * @param repository the profiles
	 */
	public ProfilingMetrics(ProfilerEngine engine, ProfiledEndpoints endpoints, ProfileRepository repository) {
		this.engine = engine;
		this.endpoints = endpoints;
		this.repository = repository;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindEngine(registry);
		bindSamples(registry);
		gauge(registry, ProfilingMeter.STORE_ENDPOINTS, Tags.empty(), this.endpoints, (all) -> all.all().size());
		gauge(registry, ProfilingMeter.STORE_REFUSED, Tags.empty(), this.endpoints, ProfiledEndpoints::refused);
		this.endpoints.onRegister((endpoint) -> bindEndpoint(registry, endpoint));
	}

	private void bindEngine(MeterRegistry registry) {
		for (EngineState state : EngineState.values()) {
			gauge(registry, ProfilingMeter.ENGINE_STATE, Tags.of(ProfilingMeter.STATE, state.id()), this.engine,
					(engine) -> (engine.status().state() == state) ? 1 : 0);
		}
		FunctionTimer
			.builder(ProfilingMeter.HARVEST.id(), this.engine, (engine) -> engine.statistics().harvests(),
					(engine) -> engine.statistics().harvestNanos(), TimeUnit.NANOSECONDS)
			.description(ProfilingMeter.HARVEST.description())
			.register(registry);
		counter(registry, ProfilingMeter.HARVEST_FAILED, Tags.empty(), EngineStatistics::failedHarvests);
	}

	private void bindSamples(MeterRegistry registry) {
		counter(registry, ProfilingMeter.SAMPLES, Tags.of(ProfilingMeter.ATTRIBUTED, "true"),
				EngineStatistics::attributedSamples);
		counter(registry, ProfilingMeter.SAMPLES, Tags.of(ProfilingMeter.ATTRIBUTED, "false"),
				EngineStatistics::unattributedSamples);
		counter(registry, ProfilingMeter.SAMPLES_DISCARDED, Tags.empty(), EngineStatistics::discardedSamples);
		counter(registry, ProfilingMeter.SAMPLES_SKIPPED, Tags.empty(), EngineStatistics::skippedSamples);
		gauge(registry, ProfilingMeter.REQUESTS_IN_FLIGHT, Tags.empty(), this.engine,
				(engine) -> engine.statistics().inFlightRequests());
		gauge(registry, ProfilingMeter.SAMPLES_IN_FLIGHT, Tags.empty(), this.engine,
				(engine) -> engine.statistics().inFlightSamples());
	}

	private void bindEndpoint(MeterRegistry registry, ProfiledEndpoint endpoint) {
		Tags tags = Tags.of(ProfilingMeter.ENDPOINT, endpoint.name());
		counter(registry, ProfilingMeter.REQUESTS_PROFILED, tags, endpoint, ProfiledEndpoint::profiledCount);
		for (SkipReason reason : SkipReason.values()) {
			counter(registry, ProfilingMeter.REQUESTS_SKIPPED, tags.and(ProfilingMeter.REASON, reason.id()), endpoint,
					(counted) -> counted.skippedCount(reason));
		}
		summaryGauge(registry, ProfilingMeter.STORE_STACKS, endpoint, ProfileSummary::stacks);
		// a gauge, since it starts anew when the profile is forgotten
		summaryGauge(registry, ProfilingMeter.SAMPLES_TRUNCATED, endpoint, ProfileSummary::truncatedSamples);
	}

	private void summaryGauge(MeterRegistry registry, ProfilingMeter meter, ProfiledEndpoint endpoint,
			ToLongFunction<ProfileSummary> value) {
		gauge(registry, meter, Tags.of(ProfilingMeter.ENDPOINT, endpoint.name()), this.repository,
				(repository) -> repository.summary(endpoint.name()).map(value::applyAsLong).orElse(0L));
	}

	private void counter(MeterRegistry registry, ProfilingMeter meter, Tags tags,
			ToDoubleFunction<EngineStatistics> value) {
		counter(registry, meter, tags, this.engine, (engine) -> value.applyAsDouble(engine.statistics()));
	}

	private static <T> void counter(MeterRegistry registry, ProfilingMeter meter, Tags tags, T source,
			ToDoubleFunction<T> value) {
		FunctionCounter.builder(meter.id(), source, value)
			.tags(tags)
			.description(meter.description())
			.register(registry);
	}

	private static <T> void gauge(MeterRegistry registry, ProfilingMeter meter, Tags tags, T source,
			ToDoubleFunction<T> value) {
		Gauge.builder(meter.id(), source, value).tags(tags).description(meter.description()).register(registry);
	}

}
