package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The event log of a segment of the archive: what happened to a hundred orders or more,
 * one event on a line, like
 * {@code 2024-03-07T09:14:00Z 140 LINE_ADDED product=12 quantity=3 price=19.90}.
 */
final class EventLog {

	private static final Pattern EVENT = Pattern.compile("(\\S+) (\\d+) ([A-Z_]+)((?: \\w+=\\S+)*)");

	private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=(\\S+)");

	private final List<Event> events;

	private EventLog(List<Event> events) {
		this.events = events;
	}

	static EventLog parse(String text) {
		List<Event> events = new ArrayList<>();
		for (String line : text.split("\n")) {
			Matcher event = EVENT.matcher(line);
			if (!event.matches()) {
				throw new IllegalArgumentException("Not an event: '" + line + "'");
			}
			Map<String, String> attributes = new TreeMap<>();
			Matcher attribute = ATTRIBUTE.matcher(event.group(4));
			while (attribute.find()) {
				attributes.put(attribute.group(1), attribute.group(2));
			}
			events.add(new Event(Instant.parse(event.group(1)), Long.parseLong(event.group(2)), event.group(3),
					attributes));
		}
		return new EventLog(events);
	}

	/**
	 * Replay what happened to an order.
	 * @param order the number of the order
	 * @return its lines as they were in the end
	 */
	List<OrderLine> linesOf(long order) {
		Map<Long, OrderLine> lines = new LinkedHashMap<>();
		for (Event event : this.events) {
			if (event.order() == order) {
				switch (event.type()) {
					case "LINE_ADDED" ->
						lines.put(event.product(), new OrderLine(event.product(), event.quantity(), event.price()));
					case "LINE_CHANGED" -> lines.computeIfPresent(event.product(),
							(product, line) -> new OrderLine(product, event.quantity(), line.unitPrice()));
					case "LINE_REMOVED" -> lines.remove(event.product());
					default -> {
						// Everything else happened to the parcel
					}
				}
			}
		}
		return List.copyOf(lines.values());
	}

	/**
	 * Something that happened to an order.
	 *
	 * @param time when
	 * @param order the number of the order
	 * @param type what
	 * @param attributes the particulars
	 */
	private record Event(Instant time, long order, String type, Map<String, String> attributes) {

		long product() {
			return Long.parseLong(attribute("product"));
		}

		int quantity() {
			return Integer.parseInt(attribute("quantity"));
		}

		BigDecimal price() {
			return new BigDecimal(attribute("price"));
		}

		private String attribute(String name) {
			String value = this.attributes.get(name);
			if (value == null) {
				throw new IllegalArgumentException("%s of order %d has no %s".formatted(this.type, this.order, name));
			}
			return value;
		}

	}

}
