package dev.profiled.actuate;

import java.io.Flushable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

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

	private static final int MAX_NAMES = 10;

	private static final int MAX_LENGTH = 40;

	@Override
	public @Nullable String value(String name) {
		ServletRequestAttributes attributes = current();
		return (attributes != null) ? attributes.getRequest().getParameter(name) : null;
	}

	@Override
	public List<String> reportUnknown(Set<String> known) {
		ServletRequestAttributes attributes = current();
		if (attributes == null) {
			return List.of();
		}
		List<String> unknown = new ArrayList<>(attributes.getRequest().getParameterMap().keySet());
		unknown.removeAll(known);
		unknown.replaceAll(ServletQueryParameters::encode);
		Collections.sort(unknown);
		if (unknown.size() > MAX_NAMES) {
			List<String> rest = unknown.subList(MAX_NAMES, unknown.size());
			String more = rest.size() + " more";
			rest.clear();
			unknown.add(more);
		}
		HttpServletResponse response = attributes.getResponse();
		if (!unknown.isEmpty() && response != null) {
			response.setHeader(HEADER, String.join(", ", unknown));
		}
		return unknown;
	}

	@Override
	public void nameDownload(String name) {
		ServletRequestAttributes attributes = current();
		HttpServletResponse response = (attributes != null) ? attributes.getResponse() : null;
		if (response != null) {
			response.setHeader("Content-Disposition", "inline; filename=\"" + name + "\"");
			response.setHeader("X-Content-Type-Options", "nosniff");
		}
	}

	@Override
	public Flushable response() {
		ServletRequestAttributes attributes = current();
		HttpServletResponse response = (attributes != null) ? attributes.getResponse() : null;
		return (response != null) ? response::flushBuffer : INVISIBLE.response();
	}

	// As in an address, so that it can be part of a header.
	private static String encode(String name) {
		String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
		return (encoded.length() > MAX_LENGTH) ? encoded.substring(0, MAX_LENGTH) + "..." : encoded;
	}

	private @Nullable ServletRequestAttributes current() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) ? attributes
				: null;
	}

}
