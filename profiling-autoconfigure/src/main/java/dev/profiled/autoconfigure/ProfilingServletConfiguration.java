package dev.profiled.autoconfigure;

import jakarta.servlet.Servlet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.ServletRequestAttributes;

import dev.profiled.actuate.QueryParameters;
import dev.profiled.actuate.ServletQueryParameters;

/**
 * Lets endpoints see the query parameters of servlet requests.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Servlet.class, ServletRequestAttributes.class })
class ProfilingServletConfiguration {

	@Bean
	@ConditionalOnMissingBean(QueryParameters.class)
	ServletQueryParameters profilingQueryParameters() {
		return new ServletQueryParameters();
	}

}
