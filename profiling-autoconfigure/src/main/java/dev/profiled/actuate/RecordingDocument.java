package dev.profiled.actuate;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.profiled.engine.ProcessCapture;
import dev.profiled.engine.ProfilerEngine;

/**
 * Writes a capture of the process as a recording, a part of it every few seconds, which
 * fails if nobody waits for it any more.
 *
 * @param engine the profiler
 * @param capture the capture
 * @param seconds for how long to capture
 * @param response the answer it is written to
 */
record RecordingDocument(ProfilerEngine engine, ProcessCapture capture, int seconds,
		Flushable response) implements StreamedDocument.Content {

	private static final long PART = TimeUnit.SECONDS.toNanos(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Override
	public void writeTo(OutputStream out) throws IOException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.seconds);
		for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
			CaptureDocument.sleep(Math.min(left, PART));
			this.engine.harvest(TIMEOUT);
			writeChunks(out);
		}
		this.capture.end();
		writeChunks(out);
	}

	private void writeChunks(OutputStream out) throws IOException {
		WritableByteChannel channel = Channels.newChannel(out);
		for (ByteBuffer chunk : this.capture.recorded()) {
			while (chunk.hasRemaining()) {
				channel.write(chunk);
			}
		}
		out.flush();
		this.response.flush();
	}

}
