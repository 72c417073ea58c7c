package dev.profiled.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

/**
 * Requests and samples with known properties, the same in every run but for their times.
 */
final class SyntheticSamples {

	private static final long LONGEST_REQUEST = 100_000;

	private SyntheticSamples() {
	}

	static List<RequestWindow> windows(int threads, int requests) throws InterruptedException {
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		ProfiledEndpoint endpoint = endpoints.register(RecordedRequests.ENDPOINT, () -> 0);
		RequestProfiler profiler = new RequestProfiler(new ProfilingGate(), new ProfilingSlots(threads, endpoints));
		profiler.gate().set(ProfilingGate.State.OPEN);
		List<RequestWindow> windows = Collections.synchronizedList(new ArrayList<>());
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Random random = new Random(i);
			Thread worker = new Thread(() -> {
				for (int request = 0; request < requests / threads; request++) {
					windows.add(serve(profiler, endpoint, random.nextLong(LONGEST_REQUEST)));
				}
			});
			worker.start();
			workers.add(worker);
		}
		for (Thread worker : workers) {
			worker.join();
		}
		return windows;
	}

	private static RequestWindow serve(RequestProfiler profiler, ProfiledEndpoint endpoint, long nanos) {
		RequestWindow window = profiler.open(endpoint, false);
		if (window == null) {
			throw new IllegalStateException("A request was not profiled");
		}
		while (System.nanoTime() - window.start() < nanos) {
			Thread.onSpinWait();
		}
		profiler.close(window);
		return window;
	}

	static List<Sample> samples(List<RequestWindow> windows, int samples, int depth, int distinctStacks) {
		Random random = new Random(depth);
		List<StackTrace> stacks = stacks(depth, distinctStacks, random);
		List<Sample> result = new ArrayList<>();
		for (int i = 0; i < samples; i++) {
			RequestWindow window = windows.get(random.nextInt(windows.size()));
			long time = window.start() + random.nextLong(window.end() - window.start() + 1);
			result.add(new Sample(ProfileEvent.CPU, window.threadId(), time, stacks.get(random.nextInt(stacks.size())),
					10_000_000));
		}
		return result;
	}

	/**
	 * Return stacks that share their roots as those of a server do: two thirds are the
	 * same in all, then each frame calls one of four.
	 * @param depth the number of frames
	 * @param count the number of stacks
	 * @param random the source of the differences
	 * @return the stacks, made of objects that nothing else refers to
	 */
	static List<StackTrace> stacks(int depth, int count, Random random) {
		Frame[] common = new Frame[depth];
		for (int i = 0; i < depth; i++) {
			common[i] = frame(i, 0);
		}
		List<StackTrace> stacks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Frame[] frames = common.clone();
			for (int j = depth * 2 / 3; j < depth; j++) {
				frames[j] = frame(j, random.nextInt(4));
			}
			stacks.add(StackTrace.of(frames));
		}
		return stacks;
	}

	private static Frame frame(int depth, int choice) {
		return Frame.java("com.example.orders.service.Component" + depth % 20, "method" + depth + "_" + choice);
	}

}
