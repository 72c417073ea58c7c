package dev.profiled.attribution;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pause}.
 */
class PauseTests {

	@Test
	void whatStopsAllTheTimeStopsInEachPart() {
		Pause pause = new Pause(100, 200);
		assertThat(pause.stopped()).isEqualTo(100);
		assertThat(pause.overlap(50, 150)).isEqualTo(50);
		assertThat(pause.overlap(120, 130)).isEqualTo(10);
		assertThat(pause.overlap(0, 300)).isEqualTo(100);
		assertThat(pause.overlap(200, 300)).isZero();
		assertThat(pause.overlap(0, 100)).isZero();
	}

	@Test
	void whatStopsForAPartIsExpectedAnywhereInIt() {
		Pause pause = new Pause(100, 200, 20);
		assertThat(pause.overlap(50, 150)).isEqualTo(10);
		assertThat(pause.overlap(0, 300)).isEqualTo(20);
		assertThat(pause.overlap(200, 300)).isZero();
	}

	@Test
	void timesMayOverflow() {
		Pause pause = new Pause(Long.MAX_VALUE - 50, Long.MIN_VALUE + 49);
		assertThat(pause.overlap(Long.MAX_VALUE - 100, Long.MIN_VALUE + 10)).isEqualTo(61);
	}

}
