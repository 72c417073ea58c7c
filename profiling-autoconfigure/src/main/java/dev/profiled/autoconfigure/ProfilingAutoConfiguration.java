package dev.profiled.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

import dev.profiled.code.CodeProfiler;
import dev.profiled.code.ProcessProfiler;
import dev.profiled.code.ProfiledMethodAdvisor;
import dev.profiled.code.ProfiledMethods;
import dev.profiled.engine.AsyncProfilerEngine;
import dev.profiled.engine.EngineOptions;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.engine.WallOptions;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.ThreadCounters;

/**
 * Auto-configuration of the profiler. It starts when there is something to profile.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "profiling.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ProfilingProperties.class)
public final class ProfilingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProfiledEndpoints profiledEndpoints() {
		return new ProfiledEndpoints();
	}

	@Bean
	@ConditionalOnMissingBean
	ProfilingGate profilingGate() {
		return new ProfilingGate();
	}

	@Bean
	@ConditionalOnMissingBean
	ProfilingSlots profilingSlots(ProfilingProperties properties, ProfiledEndpoints endpoints) {
		return new ProfilingSlots(properties.getMaxConcurrentRequests(), endpoints);
	}

	@Bean
	@ConditionalOnMissingBean
	RequestProfiler requestProfiler(ProfilingProperties properties, ProfilingGate gate, ProfilingSlots slots) {
		return new RequestProfiler(gate, slots,
				properties.isMeasureCost() ? ThreadCounters.ofJvm() : ThreadCounters.NONE);
	}

	@Bean
	@ConditionalOnMissingBean
	ProfileRepository profileRepository(ProfilingProperties properties) {
		return new InMemoryProfileRepository(properties.getMaxEndpoints(), properties.getMaxStacks(),
				properties.getMaxStackDepth());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ProfilerEngine profilerEngine(ProfilingProperties properties, RequestProfiler requests,
			ProfileRepository repository) {
		EngineOptions options = new EngineOptions(properties.getCpu().getInterval(), properties.getCpu().isPerfEvents(),
				properties.getAlloc().getInterval().toBytes(), properties.getLock().getInterval(),
				properties.getHarvestInterval(), properties.getIdleTimeout(), properties.getDirectory(),
				new WallOptions(properties.getWall().getInterval(), properties.getWall().getBudget() / 100,
						properties.waitRules()));
		return new AsyncProfilerEngine(options, requests, repository);
	}

	@Bean
	@ConditionalOnMissingBean
	ProfiledMethods profiledMethods(ProfileRepository repository, ProfiledEndpoints endpoints, ProfilerEngine engine) {
		return new ProfiledMethods(repository, endpoints, engine);
	}

	@Bean
	@ConditionalOnMissingBean
	CodeProfiler codeProfiler(ProfiledMethods methods, RequestProfiler profiler) {
		return new CodeProfiler(methods, profiler);
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessProfiler processProfiler(ProfilerEngine engine) {
		return new ProcessProfiler(engine);
	}

	/**
	 * Profiles annotated methods where something makes proxies: the AOP starter.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.aspectj.weaver.Advice")
	static class ProfiledMethodConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		@ConditionalOnMissingBean
		static ProfiledMethodAdvisor profiledMethodAdvisor(ObjectProvider<ProfiledMethods> methods,
				ObjectProvider<CodeProfiler> profiler) {
			return new ProfiledMethodAdvisor(methods, profiler);
		}

	}

}
