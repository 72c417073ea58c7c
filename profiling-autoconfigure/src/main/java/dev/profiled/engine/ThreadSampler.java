package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import dev.profiled.attribution.Sample;
import dev.profiled.request.ServingThread;
import dev.profiled.request.ThreadWatcher;

/**
 * Looks at the threads that serve profiled requests, again and again, and at no others.
 * After {@value #IDLE_AFTER} looks that found none it sleeps until the next request,
 * which has to wake it.
 * <p>
 * The time between two looks varies at random by half to either side, so as not to keep
 * step with requests that repeat. Thread-safe.
 */
final class ThreadSampler implements ThreadWatcher {

	private static final System.Logger logger = System.getLogger(ThreadSampler.class.getName());

	private static final int IDLE_AFTER = 10;

	/**
	 * So many ticks lie between two searches for platform threads that have ended.
	 */
	private static final int PRUNING = 100;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final SampleBuffer buffer = new SampleBuffer();

	// Empty: forget all.
	private final ConcurrentLinkedQueue<List<ServingThread>> added = new ConcurrentLinkedQueue<>();

	private final Map<ServingThread, WatchedThread> watched = new LinkedHashMap<>();

	private final ThreadInspector inspector;

	private final TickBudget budget;

	private final Safepoints safepoints;

	private final BusyCores cores = new BusyCores();

	private final Thread thread;

	private int ticks;

	private long cpuTime;

	private volatile boolean readRunning;

	private volatile boolean virtualThreads;

	private volatile boolean idle;

	private volatile boolean closed;

	ThreadSampler(WallOptions options, Safepoints safepoints) {
		this.safepoints = safepoints;
		this.inspector = new ThreadInspector(options.rules(), this.buffer::add);
		this.budget = new TickBudget(options.interval().toNanos(), options.budget());
		this.thread = new Thread(this::run, "profiled-sampler");
		this.thread.setDaemon(true);
		this.thread.setContextClassLoader(ThreadSampler.class.getClassLoader());
	}

	void start() {
		this.thread.start();
	}

	@Override
	public void added(ServingThread thread) {
		this.added.add(List.of(thread));
	}

	@Override
	public void opened() {
		if (this.idle) {
			wake();
		}
	}

	/**
	 * Forget all threads.
	 */
	void forget() {
		this.added.add(List.of());
		wake();
	}

	/**
	 * Set whether platform threads that run are read, too: without another profiler, CPU
	 * time is known no better.
	 * @param readRunning whether they are read
	 */
	void readRunning(boolean readRunning) {
		this.readRunning = readRunning;
	}

	/**
	 * Return the samples that were taken since the last call.
	 * @return the samples
	 */
	List<Sample> take() {
		return this.buffer.take();
	}

	/**
	 * Return how many samples there are to take.
	 * @return the number
	 */
	int size() {
		return this.buffer.size();
	}

	/**
	 * Return how many samples were lost.
	 * @return the number; never falls
	 */
	long skipped() {
		return this.buffer.skipped();
	}

	/**
	 * Whether any thread was a virtual one.
	 * @return whether there was one
	 */
	boolean hasSeenVirtualThreads() {
		return this.virtualThreads;
	}

	/**
	 * Return the mean time between two looks at a thread.
	 * @return the time in ns
	 */
	long interval() {
		return this.budget.interval();
	}

	void close() {
		this.closed = true;
		wake();
	}

	private void wake() {
		this.idle = false;
		LockSupport.unpark(this.thread);
	}

	private void run() {
		this.cpuTime = this.threads.getCurrentThreadCpuTime();
		long last = System.nanoTime();
		this.safepoints.start(last);
		int inVain = 0;
		long next = last + this.budget.interval();
		while (!this.closed) {
			long now = sleepUntil(next);
			this.safepoints.look(now);
			inVain = tick(now - last) ? 0 : inVain + 1;
			last = now;
			next = last + Math.round(this.budget.interval() * (0.5 + ThreadLocalRandom.current().nextDouble()));
			if (inVain == IDLE_AFTER) {
				this.inspector.rest();
				awaitOpened();
				inVain = 0;
				// somewhere between two ticks
				long woken = System.nanoTime();
				this.safepoints.start(woken);
				last = woken - Math.round(this.budget.interval() * ThreadLocalRandom.current().nextDouble());
				next = last + this.budget.interval();
			}
		}
		this.inspector.rest();
	}

	private long sleepUntil(long time) {
		long now = System.nanoTime();
		while (time - now > 0 && !this.closed) {
			LockSupport.parkNanos(this, time - now);
			now = System.nanoTime();
		}
		return now;
	}

	// A thread that opens a window either is seen to have, or sees that this is idle.
	private void awaitOpened() {
		this.idle = true;
		if (!serving().isEmpty()) {
			this.idle = false;
		}
		while (this.idle && !this.closed) {
			LockSupport.park(this);
		}
	}

	private boolean tick(long since) {
		long stopped = 0;
		try {
			List<WatchedThread> serving = serving();
			if (!serving.isEmpty()) {
				boolean readRunning = this.readRunning;
				this.inspector.inspect(serving, since, readRunning);
				stopped = stopped(serving, readRunning);
			}
			return !serving.isEmpty();
		}
		catch (RuntimeException | LinkageError ex) {
			// a thread that cannot be looked at must not be the end of it
			logger.log(System.Logger.Level.DEBUG, "Threads could not be looked at", ex);
			return true;
		}
		finally {
			long cpuTime = this.threads.getCurrentThreadCpuTime();
			this.budget.spent(cpuTime - this.cpuTime + stopped, since);
			this.cpuTime = cpuTime;
		}
	}

	// The cores that stood still, times for how long. Threads that were read while they
	// ran have that time already.
	private long stopped(List<WatchedThread> serving, boolean readRunning) {
		long took = this.inspector.takeStopping();
		if (took == 0) {
			return 0;
		}
		long now = System.nanoTime();
		long counted = this.safepoints.skip(now);
		if (!readRunning) {
			this.inspector.stopped(serving, counted);
		}
		// the JVM may not have counted it yet
		long stopped = (counted > 0) ? Math.min(counted, took) : took;
		return Math.round(stopped * this.cores.busy(now));
	}

	private List<WatchedThread> serving() {
		for (List<ServingThread> news = this.added.poll(); news != null; news = this.added.poll()) {
			if (news.isEmpty()) {
				this.watched.clear();
			}
			news.forEach((thread) -> this.watched.putIfAbsent(thread, new WatchedThread(thread)));
		}
		boolean pruning = this.ticks++ % PRUNING == 0;
		List<WatchedThread> serving = new ArrayList<>();
		for (Iterator<WatchedThread> iterator = this.watched.values().iterator(); iterator.hasNext();) {
			WatchedThread thread = iterator.next();
			if (thread.isServing()) {
				serving.add(thread);
				this.virtualThreads |= thread.serving().isVirtual();
			}
			else if ((pruning || thread.serving().isVirtual()) && !thread.thread().isAlive()) {
				iterator.remove();
			}
		}
		return serving;
	}

}
