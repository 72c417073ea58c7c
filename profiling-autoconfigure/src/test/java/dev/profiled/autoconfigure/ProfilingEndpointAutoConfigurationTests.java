package dev.profiled.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.profiled.actuate.FlameGraphEndpoint;
import dev.profiled.actuate.FlameGraphSettings;
import dev.profiled.actuate.QueryParameters;
import dev.profiled.actuate.ServletQueryParameters;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.web.ProfilingHandlerInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

class ProfilingEndpointAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ProfilingAutoConfiguration.class,
			ProfilingEndpointAutoConfiguration.class, ProfilingWebMvcAutoConfiguration.class,
			EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=flamegraph";

	// converts as an application does
	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(CONFIGURATIONS);

	@Test
	void whenExposedThenTheEndpointIsThere() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(FlameGraphEndpoint.class)
				.hasSingleBean(ServletQueryParameters.class));
	}

	@Test
	void whenNotExposedThenTheEndpointIsNotThereButRequestsAreProfiled() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(FlameGraphEndpoint.class)
			.hasSingleBean(ProfilingHandlerInterceptor.class)
			.hasSingleBean(ProfilerEngine.class));
	}

	@Test
	void whenAccessIsNoneThenTheEndpointIsNotThere() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.flamegraph.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(FlameGraphEndpoint.class));
	}

	@Test
	void whenDisabledThenTheEndpointIsNotThere() {
		this.runner.withPropertyValues(EXPOSED, "profiling.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlameGraphEndpoint.class));
	}

	@Test
	void whenTheApplicationIsReactiveThenTheEndpointIsThereAndSeesNoParameters() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(FlameGraphEndpoint.class)
				.doesNotHaveBean(QueryParameters.class));
	}

	@Test
	void whenThereIsNoWebApplicationThenItStarts() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(ProfilerEngine.class)
				.doesNotHaveBean(ProfilingHandlerInterceptor.class)
				.doesNotHaveBean(QueryParameters.class));
	}

	@Test
	void accessIsReadOnlyByDefault() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context.getBean(FlameGraphSettings.class).access())
				.isEqualTo(Access.READ_ONLY));
	}

	@Test
	void whenAccessIsLimitedThenTheLimitHolds() {
		this.runner
			.withPropertyValues(EXPOSED, "management.endpoint.flamegraph.access=unrestricted",
					"management.endpoints.access.max-permitted=read-only")
			.run((context) -> assertThat(context.getBean(FlameGraphSettings.class).access())
				.isEqualTo(Access.READ_ONLY));
	}

	@Test
	void whenThePathIsMappedThenItsLastPartIsKnown() {
		this.runner
			.withPropertyValues(EXPOSED, "management.endpoint.flamegraph.access=unrestricted",
					"management.endpoints.web.path-mapping.flamegraph=debug/flames")
			.run((context) -> assertThat(context.getBean(FlameGraphSettings.class))
				.isEqualTo(new FlameGraphSettings(Access.UNRESTRICTED, "flames", List.of())));
	}

	@Test
	void packagesOfTheApplicationAreKnown() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnPackage.class)
			.run((context) -> assertThat(context.getBean(FlameGraphSettings.class).ownPackages())
				.containsExactly("com.example.shop"));
	}

	@Test
	void whenTheApplicationHasItsOwnBeansThenThoseAreUsed() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(FlameGraphEndpoint.class)
				.hasSingleBean(FlameGraphSettings.class)
				.hasSingleBean(QueryParameters.class)
				.hasBean("ownEndpoint"));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackages = "com.example.shop")
	static class OwnPackage {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		QueryParameters ownParameters() {
			return QueryParameters.INVISIBLE;
		}

		@Bean
		FlameGraphSettings ownSettings() {
			return new FlameGraphSettings(Access.READ_ONLY, "flamegraph", List.of());
		}

		@Bean
		FlameGraphEndpoint ownEndpoint(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine,
				QueryParameters parameters, FlameGraphSettings settings) {
			return new FlameGraphEndpoint(repository, endpoints, engine, parameters, settings);
		}

	}

}
