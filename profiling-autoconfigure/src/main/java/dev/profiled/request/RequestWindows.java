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

	/**
	 * Return the log of the current thread.
	 */
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

	/**
	 * Take the windows that were opened since the last call, and forget threads that have
	 * ended.
	 * @param windows receives each window, those of a thread in the order in which they
	 * were opened
	 * @param lost receives the outermost window of each thread that ended inside it
	 */
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
