package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Orders as comma separated values, all of them in memory, and every cell a few strings
 * on its way there: the flame graph to look at is that of the allocations.
 */
final class OrderCsv {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

	private OrderCsv() {
	}

	static String write(List<ExportRow> rows) {
		List<String> lines = new ArrayList<>();
		lines.add("order,day,customer,region,product,quantity,price,amount");
		for (ExportRow row : rows) {
			BigDecimal amount = row.unitPrice().multiply(BigDecimal.valueOf(row.quantity()));
			List<String> cells = List.of(String.format(Locale.ROOT, "%08d", row.orderId()), DAY.format(row.orderedOn()),
					quote(row.customer()), quote(row.region()), quote(row.product()), Integer.toString(row.quantity()),
					money(row.unitPrice()), money(amount));
			lines.add(String.join(",", cells));
		}
		return String.join("\r\n", lines) + "\r\n";
	}

	private static String money(BigDecimal amount) {
		return quote(String.format(Locale.ROOT, "%,.2f EUR", amount));
	}

	private static String quote(String text) {
		return "\"" + text.replace("\"", "\"\"") + "\"";
	}

}
