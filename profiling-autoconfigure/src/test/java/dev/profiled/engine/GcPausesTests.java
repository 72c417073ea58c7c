package dev.profiled.engine;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.profiled.attribution.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GcPauses}.
 */
class GcPausesTests {

	private static final long MILLIS = 1_000_000;

	private final GcPauses pauses = new GcPauses();

	@Test
	void tellsWhenTheCollectorPausedTheJvm() {
		this.pauses.start();
		long before = System.nanoTime();
		System.gc();
		long after = System.nanoTime();
		Awaitility.await().until(this.pauses::latest, (latest) -> !latest.isEmpty());
		List<Pause> latest = this.pauses.latest();
		// to the millisecond, at either end
		assertThat(latest).anySatisfy((pause) -> {
			assertThat(pause.start()).isBetween(before - 2 * MILLIS, after);
			assertThat(pause.end()).isBetween(pause.start(), after + 2 * MILLIS);
		});
		this.pauses.close();
	}

	@Test
	void tellsNothingBeforeItWasStartedAndAfterItWasClosed() {
		System.gc();
		this.pauses.start();
		this.pauses.close();
		System.gc();
		assertThat(this.pauses.latest()).isEmpty();
	}

}
