package dev.profiled.engine;

import java.time.Duration;
import java.util.List;

import dev.profiled.profile.ProfileRepository;
import dev.profiled.request.RequestProfiler;

public final class AsyncProfilerEngine implements ProfilerEngine {

	public AsyncProfilerEngine(EngineOptions options, RequestProfiler requests, ProfileRepository repository) {
	}

	@Override
	public void start() {
	}

	@Override
	public EngineStatus status() {
		return new EngineStatus(EngineState.OFF, null, 0, 0, null, null, null, List.of());
	}

	@Override
	public EngineStatistics statistics() {
		return new EngineStatistics(0, 0, 0, 0, 0, 0, 0, 0);
	}

	@Override
	public boolean harvest(Duration timeout) {
		return true;
	}

	@Override
	public void close() {
	}

}
