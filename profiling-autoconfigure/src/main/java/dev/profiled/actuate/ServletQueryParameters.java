package dev.profiled.actuate;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The query parameters of a servlet request. Those that were not understood are named in
 * the response header {@value #HEADER}.
 */
public final class ServletQueryParameters implements QueryParameters {

	private static final String HEADER = "Profiled-Ignored-Parameters";

	// What can be put into a header without thought.
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");

	private static final int MAX_NAMES = 10;

	@Override
	public boolean contains(String name) {
		ServletRequestAttributes attributes = current();
		return attributes != null && attributes.getRequest().getParameterMap().containsKey(name);
	}

	@Override
	public List<String> reportUnknown(Set<String> known) {
		ServletRequestAttributes attributes = current();
		if (attributes == null) {
			return List.of();
		}
		List<String> unknown = attributes.getRequest()
			.getParameterMap()
			.keySet()
			.stream()
			.filter((name) -> !known.contains(name) && NAME.matcher(name).matches())
			.sorted()
			.limit(MAX_NAMES)
			.toList();
		HttpServletResponse response = attributes.getResponse();
		if (!unknown.isEmpty() && response != null) {
			response.setHeader(HEADER, String.join(", ", unknown));
		}
		return unknown;
	}

	private @Nullable ServletRequestAttributes current() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) ? attributes
				: null;
	}

}
