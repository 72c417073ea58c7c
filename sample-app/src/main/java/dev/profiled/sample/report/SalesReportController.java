package dev.profiled.sample.report;

import java.time.LocalDate;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import dev.profiled.Profiled;

/**
 * Serves the sales report.
 */
@RestController
class SalesReportController {

	private final SaleRepository sales;

	SalesReportController(SaleRepository sales) {
		this.sales = sales;
	}

	@GetMapping("/reports/sales")
	@Profiled("sales-report")
	SalesReport report(@RequestParam(defaultValue = "2025") int year, @RequestParam(defaultValue = "1") int half) {
		if (year < 1900 || year > 2100) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'year' must be from 1900 to 2100");
		}
		if (half != 1 && half != 2) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'half' must be 1 or 2");
		}
		LocalDate from = LocalDate.of(year, half * 6 - 5, 1);
		LocalDate to = from.plusMonths(6).minusDays(1);
		return SalesReport.aggregate(from, to, this.sales.findBetween(from, to));
	}

}
