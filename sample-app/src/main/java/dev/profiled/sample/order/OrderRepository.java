package dev.profiled.sample.order;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads orders from the database.
 */
@Repository
class OrderRepository {

	private static final int FETCH_SIZE = 1000;

	private final JdbcClient jdbc;

	OrderRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<OrderHeader> findLatest(int page, int size) {
		return this.jdbc.sql(
				"select id, customer_id, ordered_on, status, total from customer_order order by id desc limit ? offset ?")
			.params(size, (long) page * size)
			.query(OrderHeader.class)
			.list();
	}

	List<OrderHeader> findLatestOthers(OrderHeader order, int size) {
		return this.jdbc.sql("""
				select id, customer_id, ordered_on, status, total from customer_order
				where customer_id = ? and id <> ? order by id desc limit ?""")
			.params(order.customerId(), order.id(), size)
			.query(OrderHeader.class)
			.list();
	}

	Optional<OrderHeader> find(long id) {
		return this.jdbc.sql("select id, customer_id, ordered_on, status, total from customer_order where id = ?")
			.param(id)
			.query(OrderHeader.class)
			.optional();
	}

	/**
	 * Find the name of a customer. That the numbers are compared as text keeps the
	 * database from using its index: it looks at all customers each time.
	 * @param customer the number of the customer
	 * @return the name
	 */
	String findCustomerName(long customer) {
		return this.jdbc.sql("select name from customer where cast(id as varchar) = ?")
			.param(String.valueOf(customer))
			.query(String.class)
			.single();
	}

	List<OrderLine> findLines(long order) {
		return this.jdbc
			.sql("select product_id, quantity, unit_price from order_line where order_id = ? order by line_no")
			.param(order)
			.query(OrderLine.class)
			.list();
	}

	String findArchivedEvents(long order) {
		return this.jdbc.sql("select events from archive_segment where ? between first_order and last_order")
			.param(order)
			.query(String.class)
			.single();
	}

	List<ExportRow> findExportRows(LocalDate from, LocalDate to) {
		return this.jdbc.sql("""
				select o.id as order_id, o.ordered_on, c.name as customer, c.region, p.name as product,
					l.quantity, l.unit_price
				from customer_order o
				join customer c on c.id = o.customer_id
				join order_line l on l.order_id = o.id
				join product p on p.id = l.product_id
				where o.ordered_on between ? and ?
				order by o.ordered_on, o.id, l.line_no""")
			.withFetchSize(FETCH_SIZE)
			.params(from, to)
			.query(ExportRow.class)
			.list();
	}

}
