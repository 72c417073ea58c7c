package dev.profiled.sample.order;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventLog}.
 */
class EventLogTests {

	private static final String LOG = """
			2024-03-07T08:00:00Z 140 PLACED channel=web
			2024-03-07T08:01:00Z 140 LINE_ADDED product=12 quantity=3 price=19.90
			2024-03-07T08:01:00Z 160 LINE_ADDED product=12 quantity=9 price=19.90
			2024-03-07T08:01:30Z 140 LINE_ADDED product=13 quantity=1 price=5.00
			2024-03-07T08:02:00Z 140 LINE_CHANGED product=12 quantity=2
			2024-03-07T08:03:00Z 140 LINE_ADDED product=14 quantity=1 price=0.50
			2024-03-07T08:04:00Z 140 LINE_REMOVED product=13
			2024-03-07T08:05:00Z 140 PAID method=invoice
			""";

	@Test
	void replaysTheEventsOfAnOrder() {
		assertThat(EventLog.parse(LOG).linesOf(140)).containsExactly(new OrderLine(12, 2, new BigDecimal("19.90")),
				new OrderLine(14, 1, new BigDecimal("0.50")));
	}

	@Test
	void otherOrdersAreTheirOwn() {
		EventLog log = EventLog.parse(LOG);
		assertThat(log.linesOf(160)).containsExactly(new OrderLine(12, 9, new BigDecimal("19.90")));
		assertThat(log.linesOf(180)).isEmpty();
	}

	@Test
	void whenALineIsNotAnEventSaysWhich() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventLog.parse("2024-03-07T08:00:00Z placed"))
			.withMessage("Not an event: '2024-03-07T08:00:00Z placed'");
	}

	@Test
	void whenAnAttributeIsMissingSaysWhich() {
		EventLog log = EventLog.parse("2024-03-07T08:00:00Z 140 LINE_ADDED product=12 quantity=3");
		assertThatIllegalArgumentException().isThrownBy(() -> log.linesOf(140))
			.withMessage("LINE_ADDED of order 140 has no price");
	}

}
