package dev.profiled.sample.data;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Fills the database before the server accepts its first request, with the same data at
 * every start.
 */
@Component
class OrderDeskData implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(OrderDeskData.class);

	private static final int CUSTOMERS = 1000;

	private static final int PRODUCTS = 200;

	private static final int ORDERS = 10_000;

	private static final int ARCHIVED_EVERY = 20;

	/** Numbers of orders, archived or not, that a segment of the archive spans. */
	private static final int SEGMENT = 2500;

	private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

	private static final int DAYS = 731;

	private static final List<String> REGIONS = List.of("North", "East", "South", "West", "Islands");

	private static final List<String> CATEGORIES = List.of("Garden", "Kitchen", "Office", "Outdoor", "Tools", "Toys");

	private static final List<String> FIRST_NAMES = List.of("Ada", "Béla", "Chloé", "Dmitri", "Eve", "Farid", "Grace",
			"Håkon", "Inés", "Jun");

	private static final List<String> LAST_NAMES = List.of("Abel", "Brandt", "Castro", "Dubois", "Eriksen", "Fischer",
			"Gallo", "Horvath", "Ito", "Jansen", "O'Neill");

	private static final List<String> ADJECTIVES = List.of("Plain", "Folding", "Sturdy", "Small", "Tall", "Quiet",
			"19\"");

	private static final List<String> THINGS = List.of("lamp", "crate", "shelf", "kettle", "ladder", "stool", "hose",
			"drill", "kite", "tray", "bench");

	private static final List<String> STATIONS = List.of("packing", "hub", "rail", "port", "ferry", "depot", "van",
			"door");

	private final Random random = new Random(20);

	private final JdbcTemplate jdbc;

	private final TransactionOperations transaction;

	OrderDeskData(JdbcTemplate jdbc, TransactionOperations transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	@Override
	public void afterSingletonsInstantiated() {
		long start = System.nanoTime();
		this.transaction.executeWithoutResult((status) -> {
			insertCustomers();
			insertOrders(insertProducts());
		});
		logger.info("Seeded %d orders in %d ms".formatted(ORDERS, (System.nanoTime() - start) / 1_000_000));
	}

	private void insertCustomers() {
		List<Object[]> customers = new ArrayList<>();
		for (long id = 1; id <= CUSTOMERS; id++) {
			customers.add(new Object[] { id, pick(FIRST_NAMES) + " " + pick(LAST_NAMES), pick(REGIONS) });
		}
		this.jdbc.batchUpdate("insert into customer (id, name, region) values (?, ?, ?)", customers);
	}

	private BigDecimal[] insertProducts() {
		BigDecimal[] prices = new BigDecimal[PRODUCTS + 1];
		List<Object[]> products = new ArrayList<>();
		for (int id = 1; id <= PRODUCTS; id++) {
			prices[id] = BigDecimal.valueOf(199 + this.random.nextInt(12_000), 2);
			products
				.add(new Object[] { id, pick(ADJECTIVES) + " " + pick(THINGS), pick(CATEGORIES), prices[id], 1000 });
		}
		this.jdbc.batchUpdate("insert into product (id, name, category, unit_price, in_stock) values (?, ?, ?, ?, ?)",
				products);
		return prices;
	}

	private void insertOrders(BigDecimal[] prices) {
		List<Object[]> orders = new ArrayList<>();
		List<Object[]> lines = new ArrayList<>();
		List<Object[]> segments = new ArrayList<>();
		StringBuilder events = new StringBuilder();
		for (long id = 1; id <= ORDERS; id++) {
			LocalDate day = FIRST_DAY.plusDays(id * DAYS / (ORDERS + 1));
			Map<Integer, Integer> quantities = new LinkedHashMap<>();
			for (int line = 1 + this.random.nextInt(5); line > 0; line--) {
				quantities.put(1 + this.random.nextInt(PRODUCTS), 1 + this.random.nextInt(12));
			}
			BigDecimal total = BigDecimal.ZERO;
			for (Map.Entry<Integer, Integer> line : quantities.entrySet()) {
				total = total.add(prices[line.getKey()].multiply(BigDecimal.valueOf(line.getValue())));
			}
			boolean archived = id % ARCHIVED_EVERY == 0;
			orders.add(new Object[] { id, 1 + this.random.nextInt(CUSTOMERS), Date.valueOf(day),
					archived ? "ARCHIVED" : "SHIPPED", total });
			if (archived) {
				appendEvents(events, id, day, quantities, prices);
				if (id % SEGMENT == 0) {
					segments.add(new Object[] { id - SEGMENT + 1, id, events.toString() });
					events.setLength(0);
				}
			}
			else {
				int number = 1;
				for (Map.Entry<Integer, Integer> line : quantities.entrySet()) {
					lines.add(new Object[] { id, number++, line.getKey(), line.getValue(), prices[line.getKey()] });
				}
			}
		}
		this.jdbc.batchUpdate(
				"insert into customer_order (id, customer_id, ordered_on, status, total) values (?, ?, ?, ?, ?)",
				orders);
		this.jdbc.batchUpdate(
				"insert into order_line (order_id, line_no, product_id, quantity, unit_price) values (?, ?, ?, ?, ?)",
				lines);
		this.jdbc.batchUpdate("insert into archive_segment (first_order, last_order, events) values (?, ?, ?)",
				segments);
	}

	private String pick(List<String> choice) {
		return choice.get(this.random.nextInt(choice.size()));
	}

	private static void appendEvents(StringBuilder log, long order, LocalDate day, Map<Integer, Integer> quantities,
			BigDecimal[] prices) {
		appendEvent(log, day, "08:00", order, "PLACED channel=web");
		quantities.forEach((product, quantity) -> {
			appendEvent(log, day, "08:01", order,
					"LINE_ADDED product=" + product + " quantity=" + (quantity + 1) + " price=" + prices[product]);
			appendEvent(log, day, "08:02", order, "LINE_CHANGED product=" + product + " quantity=" + quantity);
		});
		appendEvent(log, day, "08:05", order, "PAID method=invoice");
		for (String station : STATIONS) {
			appendEvent(log, day.plusDays(1), "16:30", order, "ARRIVED station=" + station + " parcel=P" + order);
			appendEvent(log, day.plusDays(1), "17:10", order, "LEFT station=" + station + " parcel=P" + order);
		}
	}

	private static void appendEvent(StringBuilder log, LocalDate day, String time, long order, String event) {
		log.append(day).append('T').append(time).append(":00Z ").append(order).append(' ').append(event).append('\n');
	}

}
