package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Sample;
import dev.profiled.profile.Frame;
import dev.profiled.profile.JavaFrames;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;
import dev.profiled.profile.TimeCategory;

/**
 * Looks at threads, and tells of those that wait what they wait in.
 * <p>
 * Each look stands for the time since the one before, whatever the thread did in between:
 * over many looks that adds up to the truth, however short the waits are. A thread that
 * runs is not read: that would have to stop it, and would show it where it can be stopped
 * rather than where it is. It is async-profiler's. Only where that cannot help, for a
 * virtual thread or without async-profiler, it is read all the same. A thread that has
 * spent no CPU time since the last look still waits in the same stack.
 */
final class ThreadInspector {

	/**
	 * How many stacks are read in one tick, so that none takes long. With more threads to
	 * be read those that are weigh more.
	 */
	private static final int MAX_READS = 64;

	/**
	 * A thread that has spent less of the time since the last look waits, if the
	 * operating system does not tell.
	 */
	private static final double HARDLY = 0.1;

	/**
	 * A thread that took longer to be stopped is no longer where it was.
	 */
	private static final long PROMPT = TimeUnit.MILLISECONDS.toNanos(2);

	private static final StackTraceElement[] NO_FRAMES = {};

	private static final StackTrace STOPPED = StackTrace.of(TimeCategory.GC.frame());

	private final @Nullable ThreadMXBean threads = (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean)
			? bean : null;

	private final StackReader reader = new StackReader();

	private final NativeThreadStates states = new NativeThreadStates();

	private final JavaFrames frames = new JavaFrames();

	private final Random random = new Random();

	private final WaitRules rules;

	private final Consumer<Sample> samples;

	ThreadInspector(WaitRules rules, Consumer<Sample> samples) {
		this.rules = rules;
		this.samples = samples;
	}

	/**
	 * Look at threads.
	 * @param serving threads that serve profiled requests
	 * @param since the time since the last look, in ns
	 * @param readRunning whether platform threads that run are read, too
	 */
	void inspect(List<WatchedThread> serving, long since, boolean readRunning) {
		readCpuTimes(serving);
		List<WatchedThread> waiting = new ArrayList<>();
		List<WatchedThread> running = new ArrayList<>();
		for (WatchedThread thread : serving) {
			if (thread.waiting != null && thread.cpuTimeSpent() == 0) {
				add(thread, ProfileEvent.WALL, thread.waiting, since);
				continue;
			}
			thread.waiting = null;
			thread.running = !isWaiting(thread, since);
			if (!thread.running) {
				waiting.add(thread);
			}
			else if (readRunning || thread.serving().isVirtual()) {
				running.add(thread);
			}
		}
		long weight = choose(running, since);
		for (WatchedThread thread : running) {
			inspectRunning(thread, weight);
		}
		weight = choose(waiting, since);
		for (List<WatchedThread> batch : this.reader.batches(waiting)) {
			inspectWaiting(batch, weight);
		}
	}

	/**
	 * Tell that the last look had stopped all threads: those that ran it has held up.
	 * @param serving the threads that were looked at
	 * @param nanos for how long they were stopped, in ns
	 */
	void stopped(List<WatchedThread> serving, long nanos) {
		if (nanos <= 0) {
			return;
		}
		for (WatchedThread thread : serving) {
			if (thread.running) {
				add(thread, ProfileEvent.WALL, STOPPED, nanos);
			}
		}
	}

	/**
	 * Let go of what is kept to look at the same threads again.
	 */
	void rest() {
		this.states.close();
	}

	/**
	 * Return for how long stacks were read since the last call while all threads were
	 * stopped, or waited to be.
	 * @return the time in ns; 0 if none had to be stopped but those that were read
	 */
	long takeStopping() {
		return this.reader.takeStopping();
	}

	private void readCpuTimes(List<WatchedThread> serving) {
		for (WatchedThread thread : serving) {
			if (!thread.serving().isVirtual()) {
				thread.cpuTime(cpuTime(thread));
			}
		}
	}

	private long cpuTime(WatchedThread thread) {
		return (this.threads != null) ? this.threads.getThreadCpuTime(thread.thread().getId()) : -1;
	}

	private boolean isWaiting(WatchedThread thread, long since) {
		thread.state = thread.thread().getState();
		if (thread.state != Thread.State.RUNNABLE) {
			thread.waited();
			return true;
		}
		if (thread.serving().isVirtual()) {
			return false;
		}
		thread.nativeState = this.states.of(thread.serving().nativeId());
		return switch (thread.nativeState.activity()) {
			case WAITING -> {
				// how long it was stopped is known otherwise
				if (!thread.nativeState.isStopped()) {
					thread.waited();
				}
				yield true;
			}
			case RUNNABLE -> false;
			case UNKNOWN -> thread.cpuTimeSpent() >= 0 && thread.cpuTimeSpent() < since * HARDLY;
		};
	}

	// The list is shuffled and cut if it is too long. What was not chosen is stood for by
	// what was.
	private long choose(List<WatchedThread> threads, long since) {
		int size = threads.size();
		if (size <= MAX_READS) {
			return since;
		}
		Collections.shuffle(threads, this.random);
		threads.subList(MAX_READS, size).clear();
		return since * size / MAX_READS;
	}

	private void inspectWaiting(List<WatchedThread> batch, long weight) {
		StackTraceElement[][] stacks = this.reader.read(batch);
		for (int i = 0; i < stacks.length; i++) {
			WatchedThread thread = batch.get(i);
			StackTrace stack = waitingStack(thread, stacks[i]);
			if (stack != null && add(thread, ProfileEvent.WALL, stack, weight)) {
				thread.waiting = stack;
			}
			else if (thread.hasWaited()) {
				// the wait, if not the request, was over before its stack was read
				TimeCategory category = (thread.state != Thread.State.RUNNABLE)
						? this.rules.classify(thread.state, NO_FRAMES) : thread.nativeState.category();
				this.samples.accept(new Sample(ProfileEvent.WALL, thread.thread().getId(), thread.waitedAt(),
						StackTrace.of(Frame.BROKEN, category.frame()), weight));
			}
			else {
				// it was stopped, or about to go on
				thread.running = true;
			}
		}
	}

	// None if it no longer waits.
	private @Nullable StackTrace waitingStack(WatchedThread thread, StackTraceElement[] leafFirst) {
		TimeCategory category = this.rules.classify(thread.state, leafFirst);
		if (leafFirst.length == 0
				|| category == TimeCategory.OTHER && thread.state == Thread.State.RUNNABLE && isOnCpu(thread)) {
			return null;
		}
		return this.frames.stackTrace(leafFirst).with(category.frame());
	}

	private boolean isOnCpu(WatchedThread thread) {
		return cpuTime(thread) > thread.cpuTime();
	}

	// Alone, since it would take longer with others, and where it is would be known less.
	private void inspectRunning(WatchedThread thread, long weight) {
		long start = System.nanoTime();
		StackTraceElement[] leafFirst = this.reader.read(List.of(thread))[0];
		boolean prompt = System.nanoTime() - start <= PROMPT;
		if (leafFirst.length == 0 || isUnmounted(leafFirst)) {
			return;
		}
		TimeCategory category = thread.serving().isVirtual() ? this.rules.classify(Thread.State.RUNNABLE, leafFirst)
				: TimeCategory.OTHER;
		if (!prompt) {
			add(thread, ProfileEvent.CPU, StackTrace.of(Frame.BROKEN), weight);
		}
		else if (category != TimeCategory.OTHER) {
			// a virtual thread that waits in a native method
			add(thread, ProfileEvent.WALL, this.frames.stackTrace(leafFirst).with(category.frame()), weight);
		}
		else {
			add(thread, ProfileEvent.CPU, this.frames.stackTrace(leafFirst), weight);
		}
	}

	// A virtual thread that could run, and waits for a carrier, stands where it was
	// parked.
	private static boolean isUnmounted(StackTraceElement[] leafFirst) {
		String className = leafFirst[0].getClassName();
		return className.equals("java.lang.VirtualThread") || className.equals("jdk.internal.vm.Continuation");
	}

	// The time lies between the two looks at the window.
	private boolean add(WatchedThread thread, ProfileEvent event, StackTrace stack, long weight) {
		long time = System.nanoTime();
		if (!thread.isServingTheSame()) {
			return false;
		}
		this.samples.accept(new Sample(event, thread.thread().getId(), time, stack, weight));
		return true;
	}

}
