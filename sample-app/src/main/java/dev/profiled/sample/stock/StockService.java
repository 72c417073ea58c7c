package dev.profiled.sample.stock;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books goods in and out, one booking at a time: a single lock guards the whole
 * warehouse, although two bookings only get in each other's way when they are about the
 * same product.
 */
@Service
class StockService {

	private static final int MOVEMENTS_KEPT = 250;

	private final ReentrantLock warehouse = new ReentrantLock();

	private final JdbcClient jdbc;

	private final TransactionOperations transaction;

	StockService(JdbcClient jdbc, TransactionOperations transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * Book pieces of a product in or out.
	 * @param product which product
	 * @param quantity how many pieces come in, or go out if negative
	 * @return what is in stock then, or empty if there is no such product
	 * @throws OutOfStockException if more pieces should go out than there are
	 */
	Optional<Stock> book(long product, int quantity) {
		// Taken before the transaction begins and released after its commit: the next one
		// must read what this one wrote.
		this.warehouse.lock();
		try {
			return this.transaction
				.execute((status) -> findInStock(product).map((inStock) -> move(product, inStock, quantity)));
		}
		finally {
			this.warehouse.unlock();
		}
	}

	private Optional<Integer> findInStock(long product) {
		return this.jdbc.sql("select in_stock from product where id = ?")
			.param(product)
			.query(Integer.class)
			.optional();
	}

	private Stock move(long product, int before, int quantity) {
		int inStock = before + quantity;
		if (inStock < 0) {
			throw new OutOfStockException(product, before);
		}
		this.jdbc.sql("update product set in_stock = ? where id = ?").params(inStock, product).update();
		this.jdbc.sql("insert into stock_movement (product_id, quantity) values (?, ?)")
			.params(product, quantity)
			.update();
		List<Movement> movements = this.jdbc
			.sql("select id, quantity from stock_movement where product_id = ? order by id desc")
			.param(product)
			.query(Movement.class)
			.list();
		forgetAllBut(MOVEMENTS_KEPT, product, movements);
		return new Stock(product, inStock, reorderAt(movements));
	}

	private void forgetAllBut(int kept, long product, List<Movement> movements) {
		if (movements.size() > kept) {
			this.jdbc.sql("delete from stock_movement where product_id = ? and id <= ?")
				.params(product, movements.get(kept).id())
				.update();
		}
	}

	private int reorderAt(List<Movement> movements) {
		int out = 0;
		int largest = 0;
		for (Movement movement : movements) {
			if (movement.quantity() < 0) {
				out -= movement.quantity();
				largest = Math.max(largest, -movement.quantity());
			}
		}
		return largest + out / 10;
	}

	/**
	 * A booking of the past.
	 *
	 * @param id the number of the booking
	 * @param quantity how many pieces came in, or went out if negative
	 */
	record Movement(long id, int quantity) {
	}

}
