package dev.profiled.web;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs the first message as a warning and those that follow for debugging, since what
 * fails in one request is likely to fail in all.
 */
final class WarnOnce {

	private final Log logger;

	private final AtomicBoolean warned = new AtomicBoolean();

	WarnOnce(Class<?> type) {
		this.logger = LogFactory.getLog(type);
	}

	void log(Supplier<String> message, @Nullable Throwable cause) {
		if (this.warned.compareAndSet(false, true)) {
			this.logger.warn(message.get() + " Further occurrences are logged at debug level.", cause);
		}
		else if (this.logger.isDebugEnabled()) {
			this.logger.debug(message.get(), cause);
		}
	}

}
