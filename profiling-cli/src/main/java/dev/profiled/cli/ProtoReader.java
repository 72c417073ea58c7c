package dev.profiled.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a message of <a href="https://protobuf.dev/programming-guides/encoding/">protocol
 * buffers</a> field by field. One that is not whole ends in an
 * {@link IndexOutOfBoundsException}.
 */
final class ProtoReader {

	private static final int VARINT = 0;

	private static final int FIXED_64 = 1;

	private static final int BYTES = 2;

	private static final int FIXED_32 = 5;

	private final byte[] bytes;

	private final int end;

	private int position;

	private int tag;

	private long number;

	// Of the field at hand, if it has a length.
	private int from;

	ProtoReader(byte[] bytes) {
		this(bytes, 0, bytes.length);
	}

	private ProtoReader(byte[] bytes, int from, int end) {
		this.bytes = bytes;
		this.position = from;
		this.end = end;
	}

	/**
	 * Go on to the next field.
	 * @return whether there is one
	 */
	boolean next() {
		if (this.position >= this.end) {
			return false;
		}
		this.tag = (int) varint();
		switch (this.tag & 7) {
			case VARINT -> this.number = varint();
			case FIXED_64 -> skip(8);
			case FIXED_32 -> skip(4);
			case BYTES -> skip((int) varint());
			default -> throw new IndexOutOfBoundsException("no field");
		}
		return true;
	}

	int field() {
		return this.tag >>> 3;
	}

	long number() {
		return this.number;
	}

	String text() {
		return new String(this.bytes, this.from, this.position - this.from, StandardCharsets.UTF_8);
	}

	ProtoReader message() {
		return new ProtoReader(this.bytes, this.from, this.position);
	}

	/**
	 * Read a repeated field, packed or not.
	 * @param numbers what is there is added to these
	 */
	void numbers(List<Long> numbers) {
		if ((this.tag & 7) == VARINT) {
			numbers.add(this.number);
			return;
		}
		ProtoReader packed = message();
		while (packed.position < packed.end) {
			numbers.add(packed.varint());
		}
	}

	private void skip(int length) {
		this.from = this.position;
		this.position = Math.addExact(this.position, length);
		if (length < 0 || this.position > this.end) {
			throw new IndexOutOfBoundsException("the end is missing");
		}
	}

	private long varint() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			byte next = this.bytes[this.position++];
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new IndexOutOfBoundsException("no number");
	}

}
