package dev.profiled.sample.traffic;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import dev.profiled.sample.LocalServer;

/**
 * Calls every profiled endpoint again and again, from when the server listens until it
 * stops.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.traffic.enabled", matchIfMissing = true)
class TrafficGenerator implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TrafficGenerator.class);

	/** As many as may be profiled at once, so that none of these calls is turned away. */
	private static final int CALLERS = 8;

	private static final int STOCK_CALLERS = 4;

	private final LocalServer server;

	private final RestClient client;

	private @Nullable ScheduledExecutorService callers;

	TrafficGenerator(LocalServer server) {
		this.server = server;
		// Not the client of the application: callers belong to somebody else, and their
		// calls must not show up among its metrics. This one has no threads to stop.
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(Duration.ofSeconds(2));
		requests.setReadTimeout(Duration.ofSeconds(10));
		this.client = RestClient.builder().requestFactory(requests).build();
	}

	/**
	 * Start calling. Being in the last phase this happens when the server listens.
	 */
	@Override
	public synchronized void start() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("traffic-");
		threads.setDaemon(true);
		ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS, threads);
		this.callers = callers;
		every(callers, 1500, 1, HttpMethod.GET, (count) -> "/reports/sales?year=2025&half=" + (count % 2 + 1));
		every(callers, 130, 1, HttpMethod.GET, (count) -> "/orders?page=" + count % 20);
		// 7 and 10 000 have no common divisor: all orders get their turn, and exactly one
		// in twenty is an archived one.
		every(callers, 60, 1, HttpMethod.GET, (count) -> "/orders/" + (count * 7 % 10_000 + 1));
		every(callers, 200, STOCK_CALLERS, HttpMethod.POST,
				(count) -> "/products/" + (count % 3 + 1) + "/stock?quantity=" + ((count % 2 == 0) ? -3 : 3));
		every(callers, 600, 1, HttpMethod.GET, (count) -> "/orders/export?month=2025-0" + (count % 9 + 1));
		every(callers, 150, 2, HttpMethod.GET, (count) -> "/products/" + (count % 200 + 1) + "/quote");
	}

	private void every(ScheduledExecutorService callers, int millis, int callersAtOnce, HttpMethod method,
			LongFunction<String> path) {
		AtomicLong count = new AtomicLong();
		Runnable call = () -> call(method, path.apply(count.getAndIncrement()));
		// With a delay and not at a rate: after a pause nothing has to be made up for.
		callers.scheduleWithFixedDelay(() -> {
			for (int other = 1; other < callersAtOnce; other++) {
				callers.execute(call);
			}
			call.run();
		}, 0, millis, TimeUnit.MILLISECONDS);
	}

	private void call(HttpMethod method, String path) {
		try {
			this.client.method(method).uri(this.server.address() + path).retrieve().toBodilessEntity();
		}
		catch (RuntimeException ex) {
			// The server's affair; the next call is made all the same
			logger.debug("Could not call " + path, ex);
		}
	}

	/**
	 * Stop calling. What started last stops first, so that no call is cut off.
	 */
	@Override
	public synchronized void stop() {
		if (this.callers == null) {
			return;
		}
		this.callers.shutdown();
		try {
			this.callers.awaitTermination(2, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.callers = null;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.callers != null;
	}

}
