package dev.profiled.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.profiled.engine.ProfilerEngine;
import dev.profiled.metrics.ProfilingMetrics;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;

import static org.assertj.core.api.Assertions.assertThat;

class ProfilingMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProfilingMetricsAutoConfiguration.class, ProfilingAutoConfiguration.class));

	private final ApplicationContextRunner actuatorRunner = this.runner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void whenThereIsARegistryThenTheMetersAreInIt() {
		this.actuatorRunner.run((context) -> {
			assertThat(context).hasSingleBean(ProfilingMetrics.class);
			assertThat(context.getBean(MeterRegistry.class).find("profiling.engine.state").meters()).isNotEmpty();
		});
	}

	@Test
	void whenThereIsNoRegistryThenThereAreNoMeters() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProfilingMetrics.class));
	}

	@Test
	void whenMicrometerIsMissingThenTheApplicationStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("profilingMetrics"));
	}

	@Test
	void whenDisabledThenThereAreNoMeters() {
		this.runner.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("profiling.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ProfilingMetrics.class));
	}

	@Test
	void whenTheApplicationHasItsOwnMetersThenThoseAreUsed() {
		this.runner.withBean(SimpleMeterRegistry.class)
			.withUserConfiguration(OwnMetrics.class)
			.run((context) -> assertThat(context).hasSingleBean(ProfilingMetrics.class).hasBean("ownMetrics"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMetrics {

		@Bean
		ProfilingMetrics ownMetrics(ProfilerEngine engine, ProfiledEndpoints endpoints, ProfileRepository repository) {
			return new ProfilingMetrics(engine, endpoints, repository);
		}

	}

}
