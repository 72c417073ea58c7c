package dev.profiled.actuate;

import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import dev.profiled.engine.ProcessCapture;
import dev.profiled.profile.CallTreeFilter;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.PprofRenderer;

/**
 * Writes a capture of the process as a profile when its time is over. Until then it
 * writes something every second, which fails if nobody waits for it any more.
 *
 * @param capture the capture
 * @param event the event that is shown where none is chosen
 * @param seconds for how long to capture
 * @param response the answer it is written to
 */
record CaptureDocument(ProcessCapture capture, ProfileEvent event, int seconds,
		Flushable response) implements StreamedDocument.Content {

	@Override
	public void writeTo(OutputStream out) throws IOException {
		GZIPOutputStream zipped = new GZIPOutputStream(out, 8192, true);
		await(zipped);
		PprofRenderer.render(this.capture.end(), this.event, CallTreeFilter.NONE, zipped);
		zipped.finish();
	}

	private void await(GZIPOutputStream zipped) throws IOException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.seconds);
		for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
			PprofRenderer.writeNothing(zipped);
			zipped.flush();
			this.response.flush();
			sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
		}
	}

	static void sleep(long nanos) throws InterruptedIOException {
		try {
			TimeUnit.NANOSECONDS.sleep(nanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
	}

}
