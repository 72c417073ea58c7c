package dev.profiled.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Coverage;
import dev.profiled.jfr.JfrChunk;
import dev.profiled.jfr.JfrSampleReader;
import dev.profiled.jfr.SamplingIntervals;
import dev.profiled.profile.ProfileEvent;

/**
 * The armed session of this process: started, harvested, restarted where its file grows
 * too large, given up where somebody else interferes. Not thread-safe: everything but
 * {@link #status()} is done by the harvester's thread.
 */
final class ProfilerSession {

	private static final System.Logger logger = System.getLogger(ProfilerSession.class.getName());

	/**
	 * The recording grows until it is restarted, which costs a gap of some 50 ms.
	 */
	private static final long MAX_FILE_SIZE = 64 << 20;

	/**
	 * So much of the file is worth a harvest.
	 */
	private static final long MUCH = 1 << 20;

	private final EngineOptions options;

	private final ProfilerLoader loader;

	private final ProfilerOwnership ownership;

	private final RecordingDirectory directory;

	private final long maxFileSize;

	private @Nullable NativeProfiler profiler;

	private @Nullable RecordingSession recording;

	private final JfrSampleReader reader = new JfrSampleReader();

	private final CpuInterval interval;

	private final Runtime.Version jdk;

	private Coverage coverage = new Coverage(0, 0);

	private long lastChunkEnd;

	private long skippedBefore;

	private @Nullable String engine;

	private @Nullable Boolean kernelFrames;

	private boolean hopeless;

	private boolean allThreads;

	private Consumer<ByteBuffer> chunks = (chunk) -> {
	};

	private volatile EngineStatus status;

	ProfilerSession(EngineOptions options, ProfilerLoader loader, ProfilerOwnership ownership) {
		this(options, loader, ownership, MAX_FILE_SIZE, Runtime.version());
	}

	ProfilerSession(EngineOptions options, ProfilerLoader loader, ProfilerOwnership ownership, long maxFileSize,
			Runtime.Version jdk) {
		this.maxFileSize = maxFileSize;
		this.jdk = jdk;
		this.options = options;
		this.loader = loader;
		this.ownership = ownership;
		this.directory = new RecordingDirectory(options.directory());
		this.interval = new CpuInterval(options.cpuInterval().toNanos());
		this.status = describe(EngineState.OFF, null, null);
	}

	EngineStatus status() {
		return this.status;
	}

	boolean isArmed() {
		return this.recording != null;
	}

	/**
	 * Whether what prevents the session from being armed may be mended.
	 * @return whether to try again
	 */
	boolean canHeal() {
		return !this.hopeless;
	}

	/**
	 * The time in which samples were taken without a gap, up to the last harvest.
	 * @return the coverage
	 */
	Coverage coverage() {
		return this.coverage;
	}

	/**
	 * Be told of each chunk before it is read.
	 * @param listener what is told; it must leave the chunk as it is
	 */
	void onChunk(Consumer<ByteBuffer> listener) {
		this.chunks = listener;
	}

	/**
	 * Set whether samples of all threads are read from now on, or only those of Java's.
	 * @param allThreads whether they are
	 */
	void allThreads(boolean allThreads) {
		this.allThreads = allThreads;
	}

	/**
	 * Return how many samples the profiler could not take, up to the last harvest.
	 * @return the number of samples; never falls
	 */
	long skipped() {
		return this.skippedBefore + ((this.recording != null) ? this.recording.skipped() : 0);
	}

	/**
	 * Arm the session. What prevents it is told by {@link #status()}.
	 */
	void arm() {
		if (this.status.message() == null) {
			// otherwise it goes on telling what prevented it the last time
			report(EngineState.ARMING, null);
		}
		try {
			this.ownership.acquire();
			this.ownership.checkForeign(this.profiler == null && this.loader.isLoaded());
			NativeProfiler profiler = load();
			this.recording = start(profiler);
			this.interval.begin();
			this.coverage = new Coverage(System.nanoTime(), Coverage.OPEN);
			this.lastChunkEnd = this.coverage.from();
			report(EngineState.ARMED, null);
		}
		catch (ProfilerUnavailableException ex) {
			this.ownership.release();
			this.hopeless = ex.reason() == ProfilerUnavailableException.Cause.PLATFORM;
			report((ex.reason() == ProfilerUnavailableException.Cause.OCCUPIED) ? EngineState.SUSPENDED
					: EngineState.UNAVAILABLE, ex);
		}
	}

	private NativeProfiler load() throws ProfilerUnavailableException {
		NativeProfiler profiler = this.profiler;
		if (profiler == null) {
			profiler = this.loader.load();
			this.ownership.rememberLibraries();
			this.profiler = profiler;
		}
		return profiler;
	}

	private RecordingSession start(NativeProfiler profiler) throws ProfilerUnavailableException {
		try {
			return RecordingSession.start(profiler, this.directory.newRecording(), event(),
					intervals(this.options.cpuInterval().toNanos()));
		}
		catch (IllegalStateException ex) {
			if (String.valueOf(ex.getMessage()).contains("already started")) {
				throw new ProfilerUnavailableException(ProfilerUnavailableException.Cause.OCCUPIED,
						"The application itself, or another tool, has async-profiler running.",
						"Profiling resumes when that has stopped.");
			}
			throw refused(ex);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw refused(ex);
		}
	}

	private String event() {
		boolean timers = !this.options.perfEvents() && System.getProperty("os.name").equals("Linux");
		return timers ? ProfilerCommand.TIMERS : ProfilerCommand.PERF_EVENTS;
	}

	private SamplingIntervals intervals(long cpu) {
		return new SamplingIntervals(cpu, AllocationSampling.isSafe(this.jdk) ? this.options.allocInterval() : 0,
				this.options.lockInterval().toNanos());
	}

	private static ProfilerUnavailableException refused(Exception ex) {
		return new ProfilerUnavailableException(ProfilerUnavailableException.Cause.ENVIRONMENT,
				"async-profiler refused to start: " + ex.getMessage() + ".",
				"Check that profiling.directory can be written to and has space left, and that the process may use "
						+ "perf events or timers.");
	}

	/**
	 * Whether much was recorded since the last harvest, or the recording does not go on.
	 * @return whether it is to be harvested soon
	 */
	boolean isDue() {
		RecordingSession recording = this.recording;
		try {
			return recording == null || !recording.goesOn() || recording.unread() >= MUCH || this.directory.isFull();
		}
		catch (IOException | IllegalStateException ex) {
			// the harvest will tell
			return true;
		}
	}

	/**
	 * Read what was recorded since the last harvest. If the recording turns out to be
	 * broken, the session is no longer armed afterwards, and the coverage ends where the
	 * last samples do.
	 * @return the chunks
	 */
	List<JfrChunk> harvest() {
		RecordingSession recording = this.recording;
		if (recording == null) {
			return List.of();
		}
		List<JfrChunk> chunks = new ArrayList<>();
		try {
			this.ownership.checkForeign(false);
			read(recording.dump(), chunks);
			if (chunks.isEmpty() || !recording.goesOn()) {
				lose(recording, recording.whyEnded());
			}
			else if (recording.size() > this.maxFileSize) {
				stop(chunks);
			}
		}
		catch (ProfilerUnavailableException ex) {
			stop(chunks);
			report(EngineState.SUSPENDED, ex);
		}
		catch (IOException | IllegalStateException ex) {
			logger.log(System.Logger.Level.DEBUG, "The recording cannot be read", ex);
			lose(recording, "The recording cannot be read: " + ex.getMessage() + ".");
		}
		return chunks;
	}

	private void read(List<ByteBuffer> buffers, List<JfrChunk> chunks) throws IOException {
		this.interval.cut();
		for (ByteBuffer buffer : buffers) {
			this.chunks.accept(buffer);
			JfrChunk chunk = this.reader.read(buffer, this.allThreads);
			this.lastChunkEnd = chunk.end();
			String engine = chunk.settings().get("engine");
			if (engine != null) {
				this.engine = engine;
				this.kernelFrames = Boolean.valueOf(chunk.settings().get("kernelSymbols"));
			}
			this.interval.sampled(this.engine, chunk.cpuSamples());
			chunks.add(chunk.weighed(intervals(this.interval.nanos())));
		}
		report(EngineState.ARMED, null);
	}

	private void lose(RecordingSession recording, String why) {
		boolean full = this.directory.isFull();
		try {
			recording.stop();
		}
		catch (IOException | IllegalStateException ex) {
			// what it held is lost
		}
		end(recording);
		report(EngineState.UNAVAILABLE, new ProfilerUnavailableException(ProfilerUnavailableException.Cause.ENVIRONMENT,
				full ? "The disk of " + this.directory + " is full." : why,
				"Profiling is tried again every few seconds. Requests served meanwhile are counted as not profiled."));
	}

	/**
	 * Disarm the session.
	 * @return what was recorded since the last harvest
	 */
	List<JfrChunk> disarm() {
		List<JfrChunk> chunks = new ArrayList<>();
		stop(chunks);
		report(EngineState.IDLE, null);
		return chunks;
	}

	private void stop(List<JfrChunk> chunks) {
		RecordingSession recording = this.recording;
		if (recording != null) {
			try {
				read(recording.stop(), chunks);
			}
			catch (IOException | IllegalStateException ex) {
				// the coverage ends with the last chunk that could be read
			}
			end(recording);
			report(EngineState.IDLE, null);
		}
	}

	private void end(RecordingSession recording) {
		this.recording = null;
		this.skippedBefore += recording.skipped();
		this.coverage = new Coverage(this.coverage.from(), this.lastChunkEnd);
		recording.deleteFile();
		this.ownership.release();
	}

	void close() {
		stop(new ArrayList<>());
		this.directory.delete();
		report(EngineState.OFF, null);
	}

	private void report(EngineState state, @Nullable ProfilerUnavailableException problem) {
		this.status = (problem != null) ? describe(state, problem.getMessage(), problem.advice())
				: describe(state, null, null);
	}

	private EngineStatus describe(EngineState state, @Nullable String message, @Nullable String advice) {
		long requested = this.options.cpuInterval().toNanos();
		SamplingIntervals effective = intervals(this.interval.nanos());
		List<String> limits = new ArrayList<>(EngineLimits.describe(this.options.perfEvents(), this.engine,
				this.kernelFrames, requested, effective.cpu()));
		if (effective.alloc() < this.options.allocInterval()) {
			limits.add(EngineLimits.unsafeAllocations(this.jdk));
		}
		else if (effective.alloc() > 0 && !AllocationSampling.isFairToLargeArrays(this.jdk)) {
			limits.add(EngineLimits.unfairToLargeArrays(this.jdk));
		}
		return new EngineStatus(state, this.engine, requested, effective.cpu(), byEvent(effective), this.kernelFrames,
				message, advice, limits);
	}

	private static Map<ProfileEvent, Long> byEvent(SamplingIntervals intervals) {
		Map<ProfileEvent, Long> inUse = new EnumMap<>(ProfileEvent.class);
		inUse.put(ProfileEvent.CPU, intervals.cpu());
		inUse.put(ProfileEvent.ALLOC, intervals.alloc());
		inUse.put(ProfileEvent.LOCK, intervals.lock());
		inUse.values().removeIf((interval) -> interval == 0);
		return inUse;
	}

}
