package dev.profiled.sample.report;

import java.time.LocalDate;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the sales of a period.
 */
@Repository
class SaleRepository {

	private static final int FETCH_SIZE = 1000;

	private final JdbcClient jdbc;

	SaleRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Sale> findBetween(LocalDate from, LocalDate to) {
		return this.jdbc.sql("""
				select o.ordered_on, c.region, p.category, l.quantity, l.unit_price
				from customer_order o
				join customer c on c.id = o.customer_id
				join order_line l on l.order_id = o.id
				join product p on p.id = l.product_id
				where o.ordered_on between ? and ?
				order by o.ordered_on""")
			.withFetchSize(FETCH_SIZE)
			.params(from, to)
			.query((row, number) -> new Sale(row.getObject(1, LocalDate.class), row.getString(2), row.getString(3),
					row.getInt(4), row.getBigDecimal(5)))
			.list();
	}

}
