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

	// Threads that have ended are forgotten; if one ended inside a window, the outermost
	// goes to 'lost'.
	void drain(Consumer<RequestWindow> windows, Consumer<RequestWindow> lost) {
		this.logs.forEach((id, log) -> {
			boolean ended = log.hasEnded();
			log.drain(windows);
			if (ended) {
				log.lose(lost);
				this.logs.remove(id, log);
			}
		});
	}

	int threads() {
		return this.logs.size();
	}

}
