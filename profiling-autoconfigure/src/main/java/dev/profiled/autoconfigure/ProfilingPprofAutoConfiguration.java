package dev.profiled.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.profiled.actuate.PprofEndpoint;
import dev.profiled.actuate.QueryParameters;
import dev.profiled.engine.ProfilerEngine;

/**
 * Auto-configuration of the {@code pprof} endpoint, where it is exposed.
 */
@AutoConfiguration(after = ProfilingEndpointAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "profiling.enabled", matchIfMissing = true)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(PprofEndpoint.class)
@ConditionalOnBean(ProfilerEngine.class)
@Import(ProfilingServletConfiguration.class)
public final class ProfilingPprofAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PprofEndpoint pprofEndpoint(ProfilerEngine engine, ObjectProvider<QueryParameters> parameters) {
		return new PprofEndpoint(engine, parameters.getIfAvailable(() -> QueryParameters.INVISIBLE));
	}

}
