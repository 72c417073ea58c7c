package dev.profiled.autoconfigure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.profiled.engine.AsyncProfilerEngine;
import dev.profiled.engine.EngineState;
import dev.profiled.engine.FakeProfilerEngine;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;

import static org.assertj.core.api.Assertions.assertThat;

class ProfilingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProfilingAutoConfiguration.class, ProfilingEndpointAutoConfiguration.class,
					ProfilingMetricsAutoConfiguration.class, ProfilingWebMvcAutoConfiguration.class));

	@Test
	void whenThereIsNoWebApplicationThenTheProfilerIsThereAndOff() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(AsyncProfilerEngine.class)
				.hasSingleBean(InMemoryProfileRepository.class)
				.hasSingleBean(ProfiledEndpoints.class)
				.hasSingleBean(ProfilingGate.class)
				.hasSingleBean(ProfilingSlots.class)
				.hasSingleBean(RequestProfiler.class);
			assertThat(context.getBean(ProfilerEngine.class).status().state()).isEqualTo(EngineState.OFF);
		});
	}

	@Test
	void whenTheApplicationIsReactiveThenItStarts() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ProfilingAutoConfiguration.class, ProfilingWebMvcAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProfilerEngine.class)
				.doesNotHaveBean("profilingHandlerInterceptor"));
	}

	@Test
	void whenDisabledThenThereIsNothing() {
		fullWebApplication().withPropertyValues("profiling.enabled=false")
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("profil") && !name.contains("AutoConfiguration"))
				.noneMatch((name) -> name.contains("flameGraph")));
	}

	@Test
	void whenDisabledThenBeansOfTheApplicationAreLeftAlone() {
		fullWebApplication().withPropertyValues("profiling.enabled=false")
			.withUserConfiguration(OwnEngine.class, OwnRequests.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(FakeProfilerEngine.class);
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("flameGraph"))
					.doesNotContain("profilingMetrics", "profilingHandlerInterceptor");
			});
	}

	@Test
	void whenNotDisabledThenThereIsEverything() {
		fullWebApplication().run((context) -> assertThat(context).hasBean("flameGraphEndpoint")
			.hasBean("profilingMetrics")
			.hasBean("profilingHandlerInterceptor"));
	}

	private static WebApplicationContextRunner fullWebApplication() {
		return new WebApplicationContextRunner()
			.withInitializer(
					(context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
			.withConfiguration(
					AutoConfigurations.of(ProfilingAutoConfiguration.class, ProfilingEndpointAutoConfiguration.class,
							ProfilingMetricsAutoConfiguration.class, ProfilingWebMvcAutoConfiguration.class,
							EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("management.endpoints.web.exposure.include=flamegraph");
	}

	@Test
	void whenTheApplicationHasItsOwnEngineThenThatIsUsed() {
		this.runner.withUserConfiguration(OwnEngine.class)
			.run((context) -> assertThat(context).getBean(ProfilerEngine.class).isInstanceOf(FakeProfilerEngine.class));
	}

	@Test
	void whenTheApplicationHasItsOwnRepositoryThenThatIsUsed() {
		this.runner.withUserConfiguration(OwnRepository.class)
			.run((context) -> assertThat(context).getBean(ProfileRepository.class)
				.isSameAs(context.getBean("ownRepository")));
	}

	@Test
	void whenTheApplicationHasItsOwnPlacesAndEndpointsThenThoseAreUsed() {
		this.runner.withUserConfiguration(OwnRequests.class)
			.run((context) -> assertThat(context).hasSingleBean(ProfiledEndpoints.class)
				.hasSingleBean(ProfilingGate.class)
				.hasSingleBean(ProfilingSlots.class)
				.hasSingleBean(RequestProfiler.class)
				.hasBean("ownRequestProfiler"));
	}

	@Test
	void whenTheContextIsClosedThenTheEngineIs() {
		this.runner.withUserConfiguration(OwnEngine.class).run((context) -> {
			FakeProfilerEngine engine = context.getBean(FakeProfilerEngine.class);
			context.getSourceApplicationContext().close();
			assertThat(engine.isClosed()).isTrue();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		FakeProfilerEngine ownEngine() {
			return new FakeProfilerEngine();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRepository {

		@Bean
		ProfileRepository ownRepository() {
			return new InMemoryProfileRepository(1, 1, 8);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRequests {

		@Bean
		ProfiledEndpoints ownEndpoints() {
			return new ProfiledEndpoints();
		}

		@Bean
		ProfilingGate ownGate() {
			return new ProfilingGate();
		}

		@Bean
		ProfilingSlots ownSlots(ProfiledEndpoints endpoints) {
			return new ProfilingSlots(2, endpoints);
		}

		@Bean
		RequestProfiler ownRequestProfiler(ProfilingGate gate, ProfilingSlots slots) {
			return new RequestProfiler(gate, slots);
		}

	}

}
