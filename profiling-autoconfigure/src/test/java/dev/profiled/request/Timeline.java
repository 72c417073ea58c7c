package dev.profiled.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Windows drawn as text. A line is the number of a thread, the name of an endpoint and
 * the time, a column each: {@code "1 orders   [---]"} is open from 2 to 6, both included,
 * and {@code "1 orders   [---"} for ever. A window that begins while another of its
 * thread is open is inside it; at the moment the other ends, it is not.
 */
public final class Timeline {

	private static final int MARGIN = 10;

	private final Map<String, ProfiledEndpoint> endpoints = new HashMap<>();

	private final List<RequestWindow> windows = new ArrayList<>();

	public Timeline(String... lines) {
		Map<String, RequestWindow> innermost = new HashMap<>();
		Arrays.stream(lines).sorted(Comparator.comparingInt((line) -> line.indexOf('['))).forEach((line) -> {
			String[] head = line.substring(0, MARGIN).trim().split(" +");
			long start = line.indexOf('[') - MARGIN;
			RequestWindow outer = innermost.get(head[0]);
			while (outer != null && outer.state() != RequestWindow.State.OPEN && outer.end() <= start) {
				outer = outer.outer();
			}
			RequestWindow window = new RequestWindow(endpoint(head[1]), Long.parseLong(head[0]), false, start, outer);
			if (line.contains("]")) {
				window.end(line.indexOf(']') - MARGIN, RequestWindow.State.CLOSED);
			}
			innermost.put(head[0], window);
			this.windows.add(window);
		});
	}

	public ProfiledEndpoint endpoint(String name) {
		return this.endpoints.computeIfAbsent(name, (key) -> new ProfiledEndpoint(key, () -> 0));
	}

	// In the order of opening.
	public List<RequestWindow> windows() {
		return this.windows;
	}

	public static void end(RequestWindow window, long time, RequestWindow.State state) {
		window.end(time, state);
	}

	public static RequestWindow open(ProfiledEndpoint endpoint, long thread, long start) {
		return open(endpoint, thread, start, null);
	}

	public static RequestWindow open(ProfiledEndpoint endpoint, long thread, long start,
			@Nullable RequestWindow outer) {
		return new RequestWindow(endpoint, thread, false, start, outer);
	}

	public static void cost(RequestWindow window, long cpuTime, long allocatedBytes) {
		window.begin(0, 0);
		window.cost(cpuTime, allocatedBytes);
	}

}
