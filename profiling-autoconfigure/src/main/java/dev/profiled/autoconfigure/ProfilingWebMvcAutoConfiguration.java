package dev.profiled.autoconfigure;

import jakarta.servlet.Servlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import dev.profiled.code.ProfiledMethods;
import dev.profiled.request.RequestProfiler;
import dev.profiled.web.ProfiledHandlerRegistrar;
import dev.profiled.web.ProfiledHandlers;
import dev.profiled.web.ProfilingHandlerInterceptor;

/**
 * Auto-configuration that profiles the handlers of Spring MVC.
 */
@AutoConfiguration(after = ProfilingAutoConfiguration.class,
		afterName = { "org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration",
				"org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "profiling.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Servlet.class, AsyncHandlerInterceptor.class })
@ConditionalOnBean(RequestProfiler.class)
public final class ProfilingWebMvcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProfiledHandlers profiledHandlers(ProfiledMethods methods) {
		return new ProfiledHandlers(methods);
	}

	@Bean
	@ConditionalOnMissingBean
	ProfiledHandlerRegistrar profiledHandlerRegistrar(ProfiledHandlers handlers,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		return new ProfiledHandlerRegistrar(handlers, mappings);
	}

	@Bean
	@ConditionalOnMissingBean
	ProfilingHandlerInterceptor profilingHandlerInterceptor(ProfiledHandlers handlers, RequestProfiler profiler) {
		return new ProfilingHandlerInterceptor(handlers, profiler);
	}

	// The outermost interceptor, so that what the others do is in the profile.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebMvcConfigurer profilingWebMvcConfigurer(ProfilingHandlerInterceptor interceptor) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(interceptor).order(Ordered.HIGHEST_PRECEDENCE);
			}

		};
	}

}
