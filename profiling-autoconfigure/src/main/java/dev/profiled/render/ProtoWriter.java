package dev.profiled.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of <a href="https://protobuf.dev/programming-guides/encoding/">protocol
 * buffers</a>, field by field. Not thread-safe.
 */
final class ProtoWriter {

	private static final int VARINT = 0;

	private static final int BYTES = 2;

	private byte[] buffer = new byte[256];

	private int size;

	ProtoWriter field(int number, long value) {
		if (value != 0) {
			varint((long) number << 3 | VARINT);
			varint(value);
		}
		return this;
	}

	ProtoWriter field(int number, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return bytes(number, bytes, bytes.length);
	}

	ProtoWriter field(int number, ProtoWriter message) {
		return bytes(number, message.buffer, message.size);
	}

	// A repeated field, packed.
	ProtoWriter field(int number, long[] values) {
		ProtoWriter packed = new ProtoWriter();
		for (long value : values) {
			packed.varint(value);
		}
		return field(number, packed);
	}

	void writeTo(OutputStream out) throws IOException {
		out.write(this.buffer, 0, this.size);
		this.size = 0;
	}

	ProtoWriter clear() {
		this.size = 0;
		return this;
	}

	private ProtoWriter bytes(int number, byte[] bytes, int length) {
		varint((long) number << 3 | BYTES);
		varint(length);
		reserve(length);
		System.arraycopy(bytes, 0, this.buffer, this.size, length);
		this.size += length;
		return this;
	}

	private void varint(long value) {
		reserve(10);
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			this.buffer[this.size++] = (byte) (rest & 0x7f | 0x80);
			rest >>>= 7;
		}
		this.buffer[this.size++] = (byte) rest;
	}

	private void reserve(int bytes) {
		if (this.size + bytes > this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.size + bytes, this.buffer.length * 2));
		}
	}

}
