package dev.profiled.request;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The windows of all threads. Each thread appends to a log of its own, without locks and
 * without waiting; one harvester takes what is new.
 */
final class RequestWindows {

	/*
	 * By thread id rather than in a ThreadLocal, which would keep our class loader alive
	 * in the threads of a server that outlives the application.
	 */
	private final Map<Long, ThreadLog> logs = new ConcurrentHashMap<>();

	ThreadLog current() {
		Thread thread = Thread.currentThread();
		Long id = thread.getId();
		ThreadLog log = this.logs.get(id);
		if (log == null || !log.isOf(thread)) {
			log = new ThreadLog(thread);
			this.logs.put(id, log);
		}
		return log;
	}

	// Threads that have ended are forgotten. To 'holders' go the outermost windows that
	// do
	// not need their place any longer: open since before a time, or left by their thread.
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
