package dev.profiled.sample.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderCsv}.
 */
class OrderCsvTests {

	@Test
	void writesALineForEachRow() {
		ExportRow row = new ExportRow(42, LocalDate.of(2025, 3, 9), "Eve O'Neill", "North", "Tall 19\" lamp, oak", 12,
				new BigDecimal("199.90"));
		assertThat(OrderCsv.write(List.of(row))).isEqualTo("order,day,customer,region,product,quantity,price,amount\r\n"
				+ "00000042,09.03.2025,\"Eve O'Neill\",\"North\",\"Tall 19\"\" lamp, oak\",12,"
				+ "\"199.90 EUR\",\"2,398.80 EUR\"\r\n");
	}

	@Test
	void whenThereAreNoRowsThereIsAHeader() {
		assertThat(OrderCsv.write(List.of())).isEqualTo("order,day,customer,region,product,quantity,price,amount\r\n");
	}

}
