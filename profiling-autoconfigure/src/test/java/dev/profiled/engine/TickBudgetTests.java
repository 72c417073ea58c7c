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
		spend(10_000, MILLIS / 2);
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

	@Test
	void theFirstTicksMayCostFiveTimesTheShare() {
		spend(30, 2 * MILLIS);
		assertThat(this.budget.interval()).isBetween(40 * MILLIS, 60 * MILLIS);
	}

	@Test
	void thatIsAnAdvanceOfHalfAMinute() {
		long time = 0;
		long spent = 0;
		for (; time < 600_000 * MILLIS; time += this.budget.interval()) {
			spend(1, 2 * MILLIS);
			spent += 2 * MILLIS;
		}
		assertThat(spent - 0.01 * time).as("above the share").isBetween(250.0 * MILLIS, 300.0 * MILLIS);
	}

	private void spend(int ticks, long nanos) {
		for (int i = 0; i < ticks; i++) {
			this.budget.spent(nanos, this.budget.interval());
		}
	}

}
