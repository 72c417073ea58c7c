package dev.profiled.sample.order;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import dev.profiled.Profiled;

/**
 * Lists, finds and exports orders.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

	private static final int PAGE_SIZE = 100;

	private final OrderRepository orders;

	OrderController(OrderRepository orders) {
		this.orders = orders;
	}

	/**
	 * List a page of orders, newest first, with one query for the page and then two more
	 * for each order on it. The profile has no name of its own, so that it is called
	 * {@code OrderController.list}.
	 * @param page which page, from 0
	 * @return the orders
	 */
	@GetMapping
	@Profiled
	List<Order> list(@RequestParam(defaultValue = "0") int page) {
		if (page < 0) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'page' must not be negative");
		}
		List<Order> result = new ArrayList<>();
		for (OrderHeader header : this.orders.findLatest(page, PAGE_SIZE)) {
			String customer = this.orders.findCustomerName(header.customerId());
			result.add(Order.of(header, customer, this.orders.findLines(header.id())));
		}
		return result;
	}

	/**
	 * Look up an order. One in twenty was archived: its lines have to be reconstructed
	 * from an event log, which takes about ten times as long as reading them.
	 * @param id the number of the order
	 * @return the order
	 */
	@GetMapping("/{id}")
	@Profiled("order-lookup")
	OrderDetails lookup(@PathVariable long id) {
		OrderHeader header = this.orders.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no order " + id));
		List<OrderLine> lines = header.isArchived() ? reconstructLines(id) : this.orders.findLines(id);
		Order order = Order.of(header, this.orders.findCustomerName(header.customerId()), lines);
		return new OrderDetails(order, this.orders.findLatestOthers(header, 10));
	}

	private List<OrderLine> reconstructLines(long order) {
		return EventLog.parse(this.orders.findArchivedEvents(order)).linesOf(order);
	}

	@GetMapping(path = "/export", produces = "text/csv;charset=UTF-8")
	@Profiled("order-export")
	ResponseEntity<String> export(@RequestParam(defaultValue = "2025-03") YearMonth month) {
		LocalDate from = month.atDay(1);
		String csv = OrderCsv.write(this.orders.findExportRows(from, month.atEndOfMonth()));
		ContentDisposition attachment = ContentDisposition.attachment().filename("orders-" + month + ".csv").build();
		return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString()).body(csv);
	}

}
