package dev.profiled.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A profile over time, in slices that grow coarser as they age: one minute each for the
 * latest hour, then two minutes for the hour before, four for the two hours before that,
 * and so on. Slices begin at multiples of their length, so that those of two instances
 * fit. Not thread-safe.
 */
final class TimeSlices {

	private static final long BASE = Duration.ofMinutes(1).toMillis();

	private static final int KEPT = 60;

	private final TreeMap<Long, Slot> slots = new TreeMap<>();

	// The slice of a moment in ms since the epoch, which is added if there is none.
	TimeSlice at(long millis) {
		Map.Entry<Long, Slot> floor = this.slots.floorEntry(millis);
		if (floor != null && millis < floor.getValue().end) {
			return floor.getValue().slice;
		}
		long minute = align(millis, BASE);
		long now = this.slots.isEmpty() ? minute : Math.max(minute, this.slots.lastKey());
		coarsen(now);
		long length = lengthAt(minute, now);
		return of(align(minute, length), align(minute, length) + length);
	}

	// The slice of a span: the one that reaches into it, or else a new one.
	private TimeSlice of(long start, long end) {
		Map.Entry<Long, Slot> floor = this.slots.floorEntry(start);
		if (floor != null && start < floor.getValue().end) {
			Slot slot = floor.getValue();
			this.slots.put(floor.getKey(), new Slot(Math.max(end, slot.end), slot.slice));
			return slot.slice;
		}
		TimeSlice slice = new TimeSlice();
		this.slots.put(start, new Slot(end, slice));
		return slice;
	}

	List<TimeSlice> all() {
		return this.slots.values().stream().map(Slot::slice).toList();
	}

	int entries() {
		int entries = 0;
		for (Slot slot : this.slots.values()) {
			entries += slot.slice.entries();
		}
		return entries;
	}

	// Merges the two oldest slices, if there are two.
	boolean mergeOldest() {
		if (this.slots.size() < 2) {
			return false;
		}
		Map.Entry<Long, Slot> oldest = this.slots.pollFirstEntry();
		Map.Entry<Long, Slot> next = this.slots.pollFirstEntry();
		oldest.getValue().slice.addAll(next.getValue().slice);
		long end = Math.max(oldest.getValue().end, next.getValue().end);
		this.slots.put(oldest.getKey(), new Slot(end, oldest.getValue().slice));
		return true;
	}

	private void coarsen(long now) {
		for (long start : List.copyOf(this.slots.headMap(now - KEPT * BASE).keySet())) {
			Slot slot = this.slots.get(start);
			long length = lengthAt(start, now);
			if (slot != null && length > slot.end - start) {
				this.slots.remove(start);
				long coarse = align(start, length);
				of(coarse, Math.max(coarse + length, slot.end)).addAll(slot.slice);
			}
		}
	}

	// A span of twice the length is used once its end is old enough, so that the spans of
	// coarse slices never reach into those of finer ones.
	private static long lengthAt(long start, long now) {
		long length = BASE;
		while (now - align(start, 2 * length) - 2 * length >= KEPT * length) {
			length *= 2;
		}
		return length;
	}

	private static long align(long millis, long length) {
		return Math.floorDiv(millis, length) * length;
	}

	private record Slot(long end, TimeSlice slice) {
	}

}
