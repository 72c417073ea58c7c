package dev.profiled.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.profiled.request.RequestWindow;

/**
 * Finds the request that each sample belongs to: that of the window which was open on the
 * sample's thread at the sample's time. Of windows inside each other the innermost owns
 * the sample; those around it have it too, since they explain their own time with it, but
 * each endpoint only once. A sample that no window holds belongs to nobody.
 * <p>
 * This is exact, since async-profiler takes a sample's time on the sampled thread before
 * anything else, and a window's bounds are taken on that thread, too, of the same clock:
 * time order is program order. Not thread-safe.
 */
final class SampleAttributor {

	private final Map<Long, List<TrackedRequest>> threads = new HashMap<>();

	// Windows of a thread must come in the order in which they were opened.
	void add(RequestWindow window) {
		this.threads.computeIfAbsent(window.threadId(), (id) -> new ArrayList<>()).add(new TrackedRequest(window));
	}

	// The samples that belong to nobody are returned.
	List<Sample> attribute(List<Sample> samples, Pauses pauses) {
		List<Sample> rest = new ArrayList<>();
		for (Sample sample : samples) {
			if (!attribute(sample, pauses)) {
				rest.add(sample);
			}
		}
		return rest;
	}

	private boolean attribute(Sample sample, Pauses pauses) {
		List<TrackedRequest> requests = this.threads.getOrDefault(sample.threadId(), List.of());
		int index = lastOpenedBefore(requests, sample.time());
		RequestWindow innermost = null;
		for (RequestWindow window = windowAt(requests, index); window != null; window = window.outer()) {
			if (window.contains(sample.time())) {
				innermost = (innermost != null) ? innermost : window;
				TrackedRequest request = holdsAlready(innermost, window) ? null : find(requests, index, window);
				if (request != null) {
					request.add(sample, pauses);
				}
			}
		}
		return innermost != null;
	}

	private static @Nullable RequestWindow windowAt(List<TrackedRequest> requests, int index) {
		return (index >= 0) ? requests.get(index).window() : null;
	}

	private static @Nullable TrackedRequest find(List<TrackedRequest> requests, int from, RequestWindow window) {
		for (int i = from; i >= 0; i--) {
			if (requests.get(i).window() == window) {
				return requests.get(i);
			}
		}
		return null;
	}

	// Whether a window between the innermost and an outer one is of the outer's endpoint.
	private static boolean holdsAlready(RequestWindow innermost, RequestWindow outer) {
		for (RequestWindow window = innermost; window != null && window != outer; window = window.outer()) {
			if (window.endpoint() == outer.endpoint()) {
				return true;
			}
		}
		return false;
	}

	private static int lastOpenedBefore(List<TrackedRequest> requests, long time) {
		int low = 0;
		int high = requests.size() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			if (requests.get(middle).window().start() - time <= 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return high;
	}

	void removeIf(Predicate<TrackedRequest> done) {
		for (Iterator<List<TrackedRequest>> iterator = this.threads.values().iterator(); iterator.hasNext();) {
			List<TrackedRequest> requests = iterator.next();
			requests.removeIf(done);
			if (requests.isEmpty()) {
				iterator.remove();
			}
		}
	}

}
