package dev.profiled.admin.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets some flame graphs be answered as a slow instance would, or one of a later version.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Disturbance extends OncePerRequestFilter {

	private static final long DELAY = 4;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getRequestURI().endsWith("/flamegraph/slow-answer")) {
			pause();
		}
		if (request.getRequestURI().endsWith("/flamegraph/later-schema")
				|| (request.getRequestURI().endsWith("/flamegraph")
						&& getEnvironment().getProperty("app.later-schema", Boolean.class, false))) {
			response.setContentType(MediaType.APPLICATION_JSON_VALUE);
			response.getWriter().write("{\"schema\":99,\"novelty\":true}");
			return;
		}
		chain.doFilter(request, response);
	}

	private static void pause() {
		try {
			TimeUnit.SECONDS.sleep(DELAY);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
