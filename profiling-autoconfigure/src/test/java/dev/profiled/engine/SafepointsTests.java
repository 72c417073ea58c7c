package dev.profiled.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.attribution.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Safepoints}.
 */
class SafepointsTests {

	private static final long MILLIS = 1_000_000;

	private static final long MICROS = 1_000;

	private final Map<String, LongSupplier> counters = new HashMap<>();

	private final Safepoints safepoints = new Safepoints(new JvmCounters(this.counters));

	@TempDir
	Path directory;

	@Test
	@EnabledOnOs(OS.LINUX)
	void tellsHowLongAllThreadsWereStopped() throws Exception {
		Safepoints safepoints = new Safepoints(JvmCounters.ofJvm());
		assertThat(safepoints.areKnown()).isTrue();
		long start = System.nanoTime();
		safepoints.start(start);
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
			.dumpHeap(this.directory.resolve("heap.hprof").toString(), false);
		long end = System.nanoTime();
		safepoints.look(end);
		assertThat(safepoints.with(List.of())).singleElement().satisfies((stop) -> {
			assertThat(stop.start()).isEqualTo(start);
			assertThat(stop.end()).isEqualTo(end);
			// opening the file and the like are before and after
			assertThat(stop.stopped()).isBetween((end - start) / 2, end - start);
		});
	}

	@Test
	void neitherTheTimeToStopCountsNorDoShortStops() {
		start();
		look(10, 800, 200);
		look(20, 990, 200);
		assertThat(this.safepoints.with(List.of())).containsExactly(new Pause(0, 10 * MILLIS, 600 * MICROS));
	}

	@Test
	void whatIsCountedLateWasBefore() {
		start();
		look(10, 0, 0);
		look(70, 0, 0);
		look(80, 50_000, 0);
		assertThat(this.safepoints.with(List.of())).containsExactly(new Pause(10 * MILLIS, 70 * MILLIS, 50 * MILLIS));
	}

	@Test
	void whatTheCollectorsPausesExplainIsNotToldTwice() {
		start();
		look(10, 6_000, 0);
		Pause collection = new Pause(MILLIS, 3 * MILLIS);
		assertThat(this.safepoints.with(List.of(collection))).containsExactly(collection,
				new Pause(0, 10 * MILLIS, 4 * MILLIS));
		// the beans tell times to the millisecond
		Pause nearlyAll = new Pause(MILLIS, 6 * MILLIS + 1);
		assertThat(this.safepoints.with(List.of(nearlyAll))).containsExactly(nearlyAll);
	}

	@Test
	void whatWasBeforeTheStartIsForgotten() {
		start();
		count(6_000, 0);
		this.safepoints.start(10 * MILLIS);
		look(20, 6_000, 0);
		assertThat(this.safepoints.with(List.of())).isEmpty();
	}

	@Test
	void theOldestBecomeOne() {
		start();
		for (int i = 1; i <= 1001; i++) {
			look(i * 10, i * 1000, 0);
		}
		List<Pause> stops = this.safepoints.with(List.of());
		assertThat(stops).hasSize(1000);
		assertThat(stops.get(0)).isEqualTo(new Pause(0, 20 * MILLIS, 2 * MILLIS));
		assertThat(stops.get(1)).isEqualTo(new Pause(20 * MILLIS, 30 * MILLIS, MILLIS));
	}

	@Test
	void whatIsSkippedIsNoPause() {
		start();
		count(700, 0);
		assertThat(this.safepoints.skip(10 * MILLIS)).isEqualTo(700 * MICROS);
		look(20, 1_700, 0);
		assertThat(this.safepoints.with(List.of())).containsExactly(new Pause(10 * MILLIS, 20 * MILLIS, MILLIS));
	}

	@Test
	void withoutCountersNothingIsTold() {
		Safepoints unknown = new Safepoints(new JvmCounters(Map.of()));
		assertThat(unknown.areKnown()).isFalse();
		unknown.start(0);
		unknown.look(10 * MILLIS);
		assertThat(unknown.with(List.of())).isEmpty();
	}

	private void start() {
		this.counters.put("sun.os.hrt.frequency", () -> 1_000_000);
		count(0, 0);
		this.safepoints.start(0);
	}

	// In microseconds.
	private void count(long safepoints, long stopping) {
		this.counters.put("sun.rt.safepointTime", () -> safepoints);
		this.counters.put("sun.rt.safepointSyncTime", () -> stopping);
	}

	private void look(long millis, long safepoints, long stopping) {
		count(safepoints, stopping);
		this.safepoints.look(millis * MILLIS);
	}

}
