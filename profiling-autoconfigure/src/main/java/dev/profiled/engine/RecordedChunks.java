package dev.profiled.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Chunks of a recording until somebody takes them. Past a bound they are dropped.
 * Thread-safe.
 */
final class RecordedChunks {

	private static final long MAX_SIZE = 64 << 20;

	private List<ByteBuffer> chunks = new ArrayList<>();

	private long size;

	synchronized void add(ByteBuffer chunk) {
		if (this.size + chunk.remaining() <= MAX_SIZE) {
			this.chunks.add(chunk.asReadOnlyBuffer());
			this.size += chunk.remaining();
		}
	}

	synchronized List<ByteBuffer> take() {
		List<ByteBuffer> taken = this.chunks;
		this.chunks = new ArrayList<>();
		this.size = 0;
		return taken;
	}

}
