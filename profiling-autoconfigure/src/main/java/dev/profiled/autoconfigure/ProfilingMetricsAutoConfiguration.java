package dev.profiled.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.profiled.engine.ProfilerEngine;
import dev.profiled.metrics.ProfilingMetrics;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;

/**
 * Auto-configuration of the meters under {@code profiling}.
 */
@AutoConfiguration(after = ProfilingAutoConfiguration.class,
		afterName = { "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "profiling.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, ProfilerEngine.class })
public final class ProfilingMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProfilingMetrics profilingMetrics(ProfilerEngine engine, ProfiledEndpoints endpoints,
			ProfileRepository repository) {
		return new ProfilingMetrics(engine, endpoints, repository);
	}

}
