package dev.profiled.profile;

import java.time.Duration;
import java.util.ArrayList;
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
		if (floor != null && millis < floor.getKey() + floor.getValue().length) {
			return floor.getValue().slice;
		}
		Slot slot = new Slot(BASE, new TimeSlice());
		this.slots.put(Math.floorDiv(millis, BASE) * BASE, slot);
		coarsen(this.slots.lastKey());
		return slot.slice;
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
		long length = next.getKey() + next.getValue().length - oldest.getKey();
		this.slots.put(oldest.getKey(), new Slot(length, oldest.getValue().slice));
		return true;
	}

	private void coarsen(long now) {
		List<Long> starts = new ArrayList<>(this.slots.headMap(now - KEPT * BASE).keySet());
		for (long start : starts) {
			Slot slot = this.slots.get(start);
			long length = lengthAt(start, now);
			if (slot != null && length > slot.length) {
				this.slots.remove(start);
				this.slots.computeIfAbsent(Math.floorDiv(start, length) * length,
						(key) -> new Slot(length, new TimeSlice())).slice
					.addAll(slot.slice);
			}
		}
	}

	// A span of twice the length is used once its end is old enough, so that the spans of
	// coarse slices never reach into those of finer ones.
	private static long lengthAt(long start, long now) {
		long length = BASE;
		while (now - (Math.floorDiv(start, 2 * length) + 1) * 2 * length >= KEPT * length) {
			length *= 2;
		}
		return length;
	}

	private record Slot(long length, TimeSlice slice) {
	}

}
