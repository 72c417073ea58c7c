package dev.profiled.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link TickBudget}.
 */
class TickBudgetTests {

	private static final long MILLIS = 1_000_000;

	private final TickBudget budget = new TickBudget(10 * MILLIS, 0.01);

	@Test
	void isTheConfiguredIntervalAsLongAsThatCostsLittle() {
		spend(1000, MILLIS / 20);
		assertThat(this.budget.interval()).isEqualTo(10 * MILLIS);
	}

	@Test
	void isLongerWhereTicksCostMoreThanTheirShare() {
		spend(1000, MILLIS / 2);
		assertThat((double) this.budget.interval()).isCloseTo(50.0 * MILLIS, within(0.1 * MILLIS));
	}

	@Test
	void isShorterAgainWhenTicksCostLess() {
		spend(1000, MILLIS);
		spend(1000, MILLIS / 20);
		assertThat(this.budget.interval()).isEqualTo(10 * MILLIS);
	}

	@Test
	void isASecondAtMost() {
		spend(1000, 100 * MILLIS);
		assertThat(this.budget.interval()).isEqualTo(1000 * MILLIS);
	}

	@Test
	void oneExpensiveTickIsNotTheRule() {
		spend(1000, MILLIS / 20);
		spend(1, MILLIS);
		assertThat(this.budget.interval()).isLessThan(20 * MILLIS);
	}

	private void spend(int ticks, long nanos) {
		for (int i = 0; i < ticks; i++) {
			this.budget.spent(nanos);
		}
	}

}
