package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

import dev.profiled.attribution.Pause;

/**
 * The pauses of the garbage collector, as its beans tell them: to the millisecond.
 * Concurrent phases are not pauses; where a collector's bean counts whole cycles, its
 * pauses have a bean of their own. Thread-safe.
 */
final class GcPauses {

	private static final Pattern CONCURRENT = Pattern.compile("Cycles|Concurrent");

	/**
	 * Those of the last minutes.
	 */
	private static final int CAPACITY = 1000;

	private final NotificationListener listener = (notification, handback) -> heard(notification);

	private final Deque<Pause> pauses = new ArrayDeque<>();

	void start() {
		for (NotificationEmitter collector : collectors()) {
			collector.addNotificationListener(this.listener, null, null);
		}
	}

	void close() {
		for (NotificationEmitter collector : collectors()) {
			try {
				collector.removeNotificationListener(this.listener);
			}
			catch (ListenerNotFoundException ex) {
				// was not started
			}
		}
	}

	/**
	 * Return the latest pauses.
	 * @return the pauses, bounded in number
	 */
	synchronized List<Pause> latest() {
		return List.copyOf(this.pauses);
	}

	private static List<NotificationEmitter> collectors() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.filter((collector) -> !CONCURRENT.matcher(collector.getName()).find())
			.filter(NotificationEmitter.class::isInstance)
			.map(NotificationEmitter.class::cast)
			.toList();
	}

	private void heard(Notification notification) {
		if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
			GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo
				.from((CompositeData) notification.getUserData());
			// rather than the times of GcInfo: those count from a moment that nothing
			// tells
			long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - notification.getTimeStamp());
			long end = System.nanoTime() - age;
			add(new Pause(end - TimeUnit.MILLISECONDS.toNanos(info.getGcInfo().getDuration()), end));
		}
	}

	private synchronized void add(Pause pause) {
		if (this.pauses.size() == CAPACITY) {
			this.pauses.removeFirst();
		}
		this.pauses.addLast(pause);
	}

}
