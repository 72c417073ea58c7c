package dev.profiled.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.profiled.actuate.FlameGraphEndpoint;
import dev.profiled.actuate.FlameGraphSettings;
import dev.profiled.actuate.QueryParameters;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.ProfiledEndpoints;

/**
 * Auto-configuration of the {@code flamegraph} endpoint, where it is exposed.
 */
@AutoConfiguration(after = ProfilingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "profiling.enabled", matchIfMissing = true)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(FlameGraphEndpoint.class)
@ConditionalOnBean(ProfilerEngine.class)
@Import(ProfilingServletConfiguration.class)
public final class ProfilingEndpointAutoConfiguration {

	private static final EndpointId ID = EndpointId.of("flamegraph");

	@Bean
	@ConditionalOnMissingBean
	FlameGraphEndpoint flameGraphEndpoint(ProfileRepository repository, ProfiledEndpoints endpoints,
			ProfilerEngine engine, ObjectProvider<QueryParameters> parameters, FlameGraphSettings settings) {
		return new FlameGraphEndpoint(repository, endpoints, engine,
				parameters.getIfAvailable(() -> QueryParameters.INVISIBLE), settings);
	}

	@Bean
	@ConditionalOnMissingBean
	FlameGraphSettings flameGraphSettings(BeanFactory beanFactory, ObjectProvider<EndpointAccessResolver> access,
			ObjectProvider<PathMapper> paths) {
		String path = PathMapper.getRootPath(paths.orderedStream().toList(), ID);
		return new FlameGraphSettings(
				access.stream()
					.findFirst()
					.map((resolver) -> resolver.accessFor(ID, Access.READ_ONLY))
					.orElse(Access.READ_ONLY),
				path.substring(path.lastIndexOf('/') + 1),
				AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of());
	}

}
