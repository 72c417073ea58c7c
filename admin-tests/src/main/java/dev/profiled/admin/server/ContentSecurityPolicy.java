package dev.profiled.admin.server;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the policy {@code app.content-security-policy} on every page, but for Spring Boot
 * Admin's own login, whose script is inside the page.
 */
@Component
@ConditionalOnProperty("app.content-security-policy")
class ContentSecurityPolicy extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!request.getRequestURI().endsWith("/login")) {
			response.setHeader("Content-Security-Policy",
					getEnvironment().getRequiredProperty("app.content-security-policy"));
		}
		chain.doFilter(request, response);
	}

}
