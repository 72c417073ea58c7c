package dev.profiled.code;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

import dev.profiled.engine.CaptureRefusedException;
import dev.profiled.engine.ProcessCapture;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.ProcessFormat;

/**
 * Captures what all threads of the process do, from a moment that the application chooses
 * to another. A bean of this type is there to be injected.
 *
 * <pre class="code">
 * try (ProcessProfiler.Running capture = processProfiler.start("nightly import", Duration.ofHours(1))) {
 * 	importAll();
 * 	capture.stop(ProcessFormat.HTML, ProfileEvent.CPU, out);
 * }
 * </pre>
 *
 * Thread-safe.
 */
public final class ProcessProfiler {

	private final ProfilerEngine engine;

	/**
	 * Create a profiler.
	 * @param engine takes the samples
	 */
	public ProcessProfiler(ProfilerEngine engine) {
		this.engine = engine;
	}

	/**
	 * Begin to capture. Waits until the profiler is ready.
	 * @param name what the capture is called: the title of its documents
	 * @param longest after which time it is given up, if it was not stopped
	 * @return the capture, to be closed
	 * @throws CaptureRefusedException if there are two already, or the profiler cannot
	 * run
	 */
	public Running start(String name, Duration longest) throws CaptureRefusedException {
		return new Running(this.engine.capture(name, longest, false));
	}

	/**
	 * A capture under way.
	 */
	public static final class Running implements AutoCloseable {

		private final ProcessCapture capture;

		private Running(ProcessCapture capture) {
			this.capture = capture;
		}

		/**
		 * Stop the capture, and write what was captured.
		 * @param format the format
		 * @param event the event to show, or to show first
		 * @param out receives the document; it is not closed
		 * @throws IOException if that fails
		 */
		public void stop(ProcessFormat format, ProfileEvent event, OutputStream out) throws IOException {
			format.write(this.capture.end(), this.capture.name(), event, CallTreeFilter.NONE, out);
		}

		/**
		 * Give the capture up, unless it was stopped.
		 */
		@Override
		public void close() {
			this.capture.close();
		}

	}

}
