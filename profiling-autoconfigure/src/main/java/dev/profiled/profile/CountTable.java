package dev.profiled.profile;

import java.util.Arrays;

/**
 * An open-addressed map from a non-negative key to two sums, 24 bytes a slot. Not
 * thread-safe.
 */
final class CountTable {

	private static final long EMPTY = -1;

	private long[] keys = emptyKeys(8);

	private long[] samples = new long[8];

	private long[] weights = new long[8];

	private int size;

	void add(long key, long samples, long weight) {
		int slot = slot(key);
		if (this.keys[slot] == EMPTY) {
			if (3 * (this.size + 1) > 2 * this.keys.length) {
				grow();
				slot = slot(key);
			}
			this.keys[slot] = key;
			this.size++;
		}
		this.samples[slot] += samples;
		this.weights[slot] += weight;
	}

	void addAll(CountTable other) {
		other.forEach(this::add);
	}

	boolean contains(long key) {
		return this.keys[slot(key)] != EMPTY;
	}

	// Whether there is something that has samples, or weighs more than nothing.
	boolean isPositive(long key) {
		int slot = slot(key);
		return this.keys[slot] != EMPTY && (this.samples[slot] > 0 || this.weights[slot] > 0);
	}

	int size() {
		return this.size;
	}

	void forEach(Visitor visitor) {
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i] != EMPTY) {
				visitor.visit(this.keys[i], this.samples[i], this.weights[i]);
			}
		}
	}

	private int slot(long key) {
		int mask = this.keys.length - 1;
		int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
		while (this.keys[slot] != EMPTY && this.keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private void grow() {
		CountTable larger = new CountTable();
		int capacity = this.keys.length * 2;
		larger.keys = emptyKeys(capacity);
		larger.samples = new long[capacity];
		larger.weights = new long[capacity];
		forEach(larger::add);
		this.keys = larger.keys;
		this.samples = larger.samples;
		this.weights = larger.weights;
	}

	private static long[] emptyKeys(int capacity) {
		long[] keys = new long[capacity];
		Arrays.fill(keys, EMPTY);
		return keys;
	}

	/**
	 * Receives each key with its sums.
	 */
	@FunctionalInterface
	interface Visitor {

		void visit(long key, long samples, long weight);

	}

}
