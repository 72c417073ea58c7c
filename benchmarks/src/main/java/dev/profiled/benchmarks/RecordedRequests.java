package dev.profiled.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import one.profiler.AsyncProfiler;

import dev.profiled.benchmarks.app.SalesHandlers;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.ProfiledEndpoints;
import dev.profiled.request.ProfilingGate;
import dev.profiled.request.ProfilingSlots;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

/**
 * A real recording of threads that serve requests.
 *
 * @param chunk the recording
 * @param windows the requests
 */
record RecordedRequests(ByteBuffer chunk, List<RequestWindow> windows) {

	static final String ENDPOINT = "recorded";

	private static final int THREADS = 8;

	static RecordedRequests record(long nanos) throws Exception {
		Path file = Files.createTempFile("recorded-requests-", ".jfr");
		try {
			AsyncProfiler profiler = AsyncProfiler.getInstance();
			// many samples in a short time: nothing here depends on the interval
			profiler.execute("start,event=cpu,interval=200us,clock=monotonic,jfropts=31,jfr,file=" + file);
			List<RequestWindow> windows = serve(nanos);
			profiler.execute("stop");
			return new RecordedRequests(ByteBuffer.wrap(Files.readAllBytes(file)), windows);
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private static List<RequestWindow> serve(long nanos) throws InterruptedException {
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		ProfiledEndpoint endpoint = endpoints.register(ENDPOINT, () -> 0);
		RequestProfiler profiler = new RequestProfiler(new ProfilingGate(), new ProfilingSlots(THREADS, endpoints));
		profiler.gate().set(ProfilingGate.State.OPEN);
		long deadline = System.nanoTime() + nanos;
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread worker = new Thread(() -> serve(profiler, endpoint, deadline));
			worker.start();
			workers.add(worker);
		}
		for (Thread worker : workers) {
			worker.join();
		}
		List<RequestWindow> windows = new ArrayList<>();
		profiler.drain(windows::add);
		return Collections.unmodifiableList(windows);
	}

	private static void serve(RequestProfiler profiler, ProfiledEndpoint endpoint, long deadline) {
		SalesHandlers handlers = new SalesHandlers();
		ObjectMapper mapper = new ObjectMapper();
		try {
			while (System.nanoTime() - deadline < 0) {
				RequestWindow window = profiler.open(endpoint, false);
				mapper.writeValueAsBytes(handlers.report());
				mapper.writeValueAsBytes(handlers.list());
				if (window != null) {
					profiler.close(window);
				}
			}
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
