package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Orders as comma separated values, all of them in memory, where each line is appended to
 * a copy of all lines before it: the flame graph to look at is that of the allocations.
 */
final class OrderCsv {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

	private OrderCsv() {
	}

	static String write(List<ExportRow> rows) {
		String csv = "order,day,customer,region,product,quantity,price,amount\r\n";
		for (ExportRow row : rows) {
			BigDecimal amount = row.unitPrice().multiply(BigDecimal.valueOf(row.quantity()));
			List<String> cells = List.of(String.format(Locale.ROOT, "%08d", row.orderId()), DAY.format(row.orderedOn()),
					quote(row.customer()), quote(row.region()), quote(row.product()), Integer.toString(row.quantity()),
					money(row.unitPrice()), money(amount));
			csv += String.join(",", cells) + "\r\n";
		}
		return csv;
	}

	private static String money(BigDecimal amount) {
		return quote(String.format(Locale.ROOT, "%,.2f EUR", amount));
	}

	private static String quote(String text) {
		return "\"" + text.replace("\"", "\"\"") + "\"";
	}

}
