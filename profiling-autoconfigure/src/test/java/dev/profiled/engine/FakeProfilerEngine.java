package dev.profiled.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.ProfileEvent;

/**
 * A {@link ProfilerEngine} that takes no samples.
 */
public final class FakeProfilerEngine implements ProfilerEngine {

	private int starts;

	private int harvests;

	private boolean closed;

	private EngineState state = EngineState.OFF;

	private @Nullable String message;

	private @Nullable String advice;

	private EngineStatistics statistics = new EngineStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);

	@Override
	public void start() {
		this.starts++;
		this.state = (this.state == EngineState.OFF) ? EngineState.ARMED : this.state;
	}

	public boolean isStarted() {
		return this.starts > 0;
	}

	public boolean isClosed() {
		return this.closed;
	}

	public int harvests() {
		return this.harvests;
	}

	public void set(EngineState state, @Nullable String message, @Nullable String advice) {
		this.state = state;
		this.message = message;
		this.advice = advice;
	}

	public void set(EngineStatistics statistics) {
		this.statistics = statistics;
	}

	@Override
	public EngineStatus status() {
		return new EngineStatus(this.state, null, 10_000_000, 10_000_000, Map.of(ProfileEvent.CPU, 10_000_000L), null,
				this.message, this.advice, List.of());
	}

	@Override
	public EngineStatistics statistics() {
		return this.statistics;
	}

	@Override
	public boolean harvest(Duration timeout) {
		this.harvests++;
		return true;
	}

	@Override
	public ProcessCapture capture(String name, Duration longest, boolean recording) throws CaptureRefusedException {
		throw new CaptureRefusedException(false, "This profiler takes no samples.");
	}

	@Override
	public List<ProcessCapture> captures() {
		return List.of();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
