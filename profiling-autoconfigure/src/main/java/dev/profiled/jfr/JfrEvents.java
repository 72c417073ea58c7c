package dev.profiled.jfr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import one.jfr.JfrReader;
import one.jfr.event.AllocationSample;
import one.jfr.event.ContendedLock;
import one.jfr.event.Event;
import one.jfr.event.ExecutionSample;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.JavaFrames;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;

/**
 * Makes samples of the events of one chunk, and leaves out what is none. An event on a
 * virtual thread has the id of its carrier.
 */
final class JfrEvents {

	private final JfrReader reader;

	private final JfrStacks stacks;

	private final boolean allThreads;

	private final List<Sample> samples = new ArrayList<>();

	private long others;

	private long cpuSamples;

	JfrEvents(JfrReader reader, JavaFrames javaFrames, boolean allThreads) {
		this.reader = reader;
		this.allThreads = allThreads;
		this.stacks = new JfrStacks(reader, javaFrames);
	}

	void add(Event event) {
		if (event instanceof ExecutionSample cpu) {
			this.cpuSamples += cpu.samples();
			add(ProfileEvent.CPU, cpu, this.stacks.get(cpu.stackTraceId), cpu.samples());
		}
		else if (event instanceof AllocationSample allocation) {
			add(ProfileEvent.ALLOC, allocation, this.stacks.get(allocation.stackTraceId, allocation.classId),
					allocation.allocationSize);
		}
		else if (event instanceof ContendedLock lock) {
			add(ProfileEvent.LOCK, lock, this.stacks.get(lock.stackTraceId, lock.classId), lock.duration);
		}
	}

	private void add(ProfileEvent event, Event source, StackTrace stack, long weight) {
		Long threadId = this.reader.javaThreads.get(source.tid);
		boolean java = threadId != null && threadId != 0;
		if (java || this.allThreads) {
			this.samples.add(new Sample(event, java ? threadId : 0, source.time, stack, weight));
		}
		else {
			this.others += source.samples();
		}
	}

	JfrChunk chunk(long end, Map<String, String> settings) {
		return new JfrChunk(this.samples, this.others, this.cpuSamples, this.reader.chunkStartTicks, end, settings);
	}

}
