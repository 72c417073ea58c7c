package dev.profiled.request;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The windows of all threads. Each thread appends to a log of its own, without locks and
 * without waiting; one harvester takes what is new.
 */
final class RequestWindows {

	/**
	 * The threads between two harvests. Each virtual thread serves but one request.
	 */
	static final int MAX_THREADS = 65_536;

	/*
	 * By thread id rather than in a ThreadLocal, which would keep our class loader alive
	 * in the threads of a server that outlives the application.
	 */
	private final Map<Long, ThreadLog> logs = new ConcurrentHashMap<>();

	private volatile @Nullable ThreadWatcher watcher;

	// Those that are there already are announced at once.
	void watch(@Nullable ThreadWatcher watcher) {
		this.watcher = watcher;
		if (watcher != null) {
			this.logs.values().forEach(watcher::added);
		}
	}

	@Nullable ThreadWatcher watcher() {
		return this.watcher;
	}

	// That of the current thread, or null if there are too many.
	@Nullable ThreadLog current() {
		Thread thread = Thread.currentThread();
		Long id = thread.getId();
		ThreadLog log = this.logs.get(id);
		return (log != null && log.isOf(thread)) ? log : add(id);
	}

	private @Nullable ThreadLog add(Long id) {
		if (this.logs.size() >= MAX_THREADS) {
			return null;
		}
		ThreadLog log = ThreadLog.ofCurrent();
		this.logs.put(id, log);
		ThreadWatcher watcher = this.watcher;
		if (watcher != null) {
			watcher.added(log);
		}
		return log;
	}

	// Threads that have ended are forgotten. To 'holders' go the outermost windows that
	// need their place no longer: open since before a time, or left by their thread.
	void drain(Consumer<RequestWindow> windows, long openedBefore, Consumer<RequestWindow> holders) {
		this.logs.forEach((id, log) -> {
			boolean ended = log.hasEnded();
			log.drain(windows);
			if (ended) {
				log.lose(holders);
				this.logs.remove(id, log);
			}
			else {
				log.hung(openedBefore, holders);
			}
		});
	}

	int threads() {
		return this.logs.size();
	}

}
