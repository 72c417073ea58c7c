package dev.profiled.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The thread of a {@link Harvester}. It does one task after the other, and goes on when
 * one fails. Thread-safe, but for {@link #schedule}, {@link #cancel} and {@link #end},
 * which are its tasks' alone.
 */
final class HarvesterThread {

	private static final System.Logger logger = System.getLogger(HarvesterThread.class.getName());

	private final ScheduledThreadPoolExecutor executor;

	private @Nullable ScheduledFuture<?> next;

	HarvesterThread() {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "profiled-harvester");
			thread.setDaemon(true);
			// rather than that of the application that happened to be the first
			thread.setContextClassLoader(HarvesterThread.class.getClassLoader());
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Do a task later, instead of the one that was to be done later so far.
	 * @param delay how much later
	 * @param task the task
	 */
	void schedule(Duration delay, Runnable task) {
		cancel();
		this.next = this.executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Do nothing later.
	 */
	void cancel() {
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	/**
	 * Do a task, without waiting for it.
	 * @param task the task
	 */
	void execute(Runnable task) {
		submit(task);
	}

	/**
	 * Do a task, and wait for it.
	 * @param task the task
	 * @param timeout for how long to wait
	 * @return whether it was done in time
	 */
	boolean run(Runnable task, Duration timeout) {
		Future<?> future = submit(task);
		try {
			if (future != null) {
				future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
				return true;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | CancellationException | TimeoutException ex) {
			// not in time, or ended meanwhile
		}
		return false;
	}

	/**
	 * Do nothing any more after the current task.
	 */
	void end() {
		// what is due already would still be done
		cancel();
		this.executor.shutdown();
	}

	private @Nullable Future<?> submit(Runnable task) {
		try {
			return this.executor.submit(guarded(task));
		}
		catch (RejectedExecutionException ex) {
			// ended
			return null;
		}
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				// would vanish in the future
				logger.log(System.Logger.Level.WARNING, "The profiler failed", ex);
			}
		};
	}

}
