package dev.profiled.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

	private final Map<Long, ThreadRequests> threads = new HashMap<>();

	// Windows of a thread must come in the order in which they were opened.
	void add(RequestWindow window) {
		this.threads.computeIfAbsent(window.threadId(), ThreadRequests::new).add(window);
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
		ThreadRequests requests = this.threads.get(sample.threadId());
		if (requests == null) {
			return false;
		}
		int index = requests.lastOpenedBefore(sample.time());
		TrackedRequest last = requests.at(index, sample.time());
		if (last == null) {
			return false;
		}
		RequestWindow innermost = null;
		for (RequestWindow window = last.window(); window != null; window = window.outer()) {
			if (window.contains(sample.time())) {
				innermost = (innermost != null) ? innermost : window;
				TrackedRequest request = holdsAlready(innermost, window) ? null : requests.find(index, window);
				if (request != null) {
					request.add(sample, pauses);
				}
			}
		}
		return innermost != null;
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

	void removeIf(Predicate<TrackedRequest> done) {
		for (Iterator<ThreadRequests> iterator = this.threads.values().iterator(); iterator.hasNext();) {
			ThreadRequests requests = iterator.next();
			requests.removeIf(done);
			if (requests.isEmpty()) {
				iterator.remove();
			}
		}
	}

}
