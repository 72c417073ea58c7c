package dev.profiled.admin.client;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
 * Lets requests be answered as another instance would: a slow one, one that refuses, one
 * of a later version. A test says how, by requests of its own.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Disturbance extends OncePerRequestFilter {

	private static final String CONTROL = "/disturbance/";

	private final Map<Target, Answer> answers = new ConcurrentHashMap<>();

	private final HeldAnswers held = new HeldAnswers();

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = request.getRequestURI();
		if (path.startsWith(CONTROL)) {
			obey(path.substring(CONTROL.length()), request);
			return;
		}
		boolean waited = this.held.await(path);
		try {
			answer(request, response, chain);
		}
		finally {
			if (waited) {
				this.held.given();
			}
		}
	}

	private void obey(String command, HttpServletRequest request) {
		switch (command) {
			case "answer" -> this.answers.put(new Target(request.getParameter("method"), request.getParameter("path")),
					new Answer(Integer.parseInt(request.getParameter("status")), request.getParameter("body")));
			case "hold" -> this.held.hold(request.getParameter("path"));
			case "release" -> this.held.release();
			case "behave" -> {
				this.answers.clear();
				this.held.release();
			}
			default -> throw new IllegalArgumentException(command);
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		for (Map.Entry<Target, Answer> entry : this.answers.entrySet()) {
			if (entry.getKey().matches(request)) {
				response.setStatus(entry.getValue().status());
				response.setContentType(MediaType.APPLICATION_JSON_VALUE);
				response.getWriter().write(entry.getValue().body());
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private record Target(String method, String path) {

		boolean matches(HttpServletRequest request) {
			return request.getMethod().equals(this.method) && request.getRequestURI().endsWith(this.path);
		}

	}

	private record Answer(int status, String body) {
	}

}
