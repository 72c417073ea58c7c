package dev.profiled.web;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import dev.profiled.request.RequestWindow;

/**
 * The windows that a request has opened and not yet closed, kept with it. It has several
 * while it is being forwarded from one profiled handler to another.
 *
 * @param window the innermost window, or {@code null} in the place of one that was not
 * opened
 * @param outer the windows around it
 */
record OpenWindows(@Nullable RequestWindow window, @Nullable OpenWindows outer) {

	private static final String ATTRIBUTE = OpenWindows.class.getName();

	// A window that was not opened matters only where others are around it.
	static void push(ServletRequest request, @Nullable RequestWindow window) {
		OpenWindows outer = get(request);
		if (window != null || outer != null) {
			request.setAttribute(ATTRIBUTE, new OpenWindows(window, outer));
		}
	}

	static @Nullable RequestWindow pop(ServletRequest request) {
		OpenWindows windows = get(request);
		if (windows == null) {
			return null;
		}
		if (windows.outer() != null) {
			request.setAttribute(ATTRIBUTE, windows.outer());
		}
		else {
			request.removeAttribute(ATTRIBUTE);
		}
		return windows.window();
	}

	private static @Nullable OpenWindows get(ServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof OpenWindows windows) ? windows : null;
	}

}
