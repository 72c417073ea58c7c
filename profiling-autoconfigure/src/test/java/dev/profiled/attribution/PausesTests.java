package dev.profiled.attribution;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pauses}.
 */
class PausesTests {

	@Test
	void whatStopsAllTheTimeStopsInEachPart() {
		Pauses pauses = new Pauses(List.of(new Pause(100, 200)));
		assertThat(pauses.stopped(50, 150)).isEqualTo(50);
		assertThat(pauses.stopped(120, 130)).isEqualTo(10);
		assertThat(pauses.stopped(0, 300)).isEqualTo(100);
		assertThat(pauses.stopped(200, 300)).isZero();
		assertThat(pauses.stopped(0, 100)).isZero();
	}

	@Test
	void whatStopsForAPartIsExpectedAnywhereInIt() {
		Pauses pauses = new Pauses(List.of(new Pause(100, 200, 20)));
		assertThat(pauses.stopped(50, 150)).isEqualTo(10);
		assertThat(pauses.stopped(0, 300)).isEqualTo(20);
		assertThat(pauses.stopped(200, 300)).isZero();
	}

	@Test
	void severalAddUpInAnyOrder() {
		Pauses pauses = new Pauses(List.of(new Pause(500, 600), new Pause(100, 200), new Pause(150, 250, 20)));
		assertThat(pauses.stopped(0, 1000)).isEqualTo(220);
		assertThat(pauses.stopped(150, 200)).isEqualTo(60);
		assertThat(pauses.stopped(200, 550)).isEqualTo(60);
		assertThat(pauses.stopped(300, 400)).isZero();
	}

	@Test
	void oneThatTookNoTimeStoppedNothing() {
		assertThat(new Pauses(List.of(new Pause(100, 100))).stopped(0, 200)).isZero();
		assertThat(Pauses.NONE.stopped(0, 200)).isZero();
	}

	@Test
	void timesMayOverflow() {
		Pauses pauses = new Pauses(List.of(new Pause(Long.MAX_VALUE - 50, Long.MIN_VALUE + 49)));
		assertThat(pauses.stopped(Long.MAX_VALUE - 100, Long.MIN_VALUE + 10)).isEqualTo(61);
	}

}
