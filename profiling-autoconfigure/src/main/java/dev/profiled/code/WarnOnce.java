package dev.profiled.code;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs the first message as a warning and those that follow for debugging, since what
 * fails in one request is likely to fail in all.
 */
public final class WarnOnce {

	private final Log logger;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a log.
	 * @param type the class that logs
	 */
	public WarnOnce(Class<?> type) {
		this.logger = LogFactory.getLog(type);
	}

	/**
	 * Log a message.
	 * @param message the message
	 * @param cause what went wrong, if it is known
	 */
	public void log(Supplier<String> message, @Nullable Throwable cause) {
		if (this.warned.compareAndSet(false, true)) {
			this.logger.warn(message.get() + " Further occurrences are logged at debug level.", cause);
		}
		else if (this.logger.isDebugEnabled()) {
			this.logger.debug(message.get(), cause);
		}
	}

}
