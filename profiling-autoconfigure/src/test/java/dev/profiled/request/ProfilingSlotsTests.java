package dev.profiled.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfilingSlots}, most of them simulations: what share of its calls
 * does each endpoint get profiled?
 */
class ProfilingSlotsTests {

	private static final Duration MILLI = Duration.ofMillis(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void giveNoMorePlacesThanThereAre() {
		ProfilingSlots slots = new ProfilingSlots(2, new ProfiledEndpoints());
		ProfiledEndpoint endpoint = new ProfiledEndpoint("a", () -> 0);
		assertThat(slots.tryAcquire(endpoint, 0)).isTrue();
		assertThat(slots.tryAcquire(endpoint, 0)).isTrue();
		assertThat(slots.tryAcquire(endpoint, 0)).isFalse();
		assertThat(slots.taken()).isEqualTo(2);
		slots.release(endpoint, 0, 1);
		assertThat(slots.taken()).isEqualTo(1);
		assertThat(slots.tryAcquire(endpoint, 1)).isTrue();
	}

	@Test
	void neverPaceAnEndpointThatIsAlone() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(1, "alone", MILLI, Duration.ZERO);
		traffic.run(MINUTE);
		assertThat(traffic.share("alone")).isEqualTo(1);
	}

	@Test
	void keepThePlaceOfAnEndpointThatIsAloneTaken() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(20, "alone", MILLI, Duration.ZERO);
		traffic.run(MINUTE);
		assertThat(traffic.occupancy("alone")).isGreaterThan(0.99);
	}

	@Test
	void paceNobodyWhilePlacesAreFree() {
		Simulation traffic = new Simulation(3, 0);
		traffic.clients(1, "a", MILLI, Duration.ZERO);
		traffic.clients(1, "b", MILLI, Duration.ZERO);
		traffic.clients(1, "c", MILLI, SECOND);
		traffic.run(MINUTE);
		assertThat(traffic.share("a")).isEqualTo(1);
		assertThat(traffic.share("b")).isEqualTo(1);
		assertThat(traffic.share("c")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 100 })
	void letAnEndpointThatIsCalledAThousandTimesLessBeProfiledBesideAHotOne(int clients) {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(clients, "hot", MILLI.multipliedBy(clients), Duration.ZERO);
		traffic.clients(1, "rare", MILLI.multipliedBy(clients), SECOND);
		traffic.run(MINUTE.multipliedBy(5));
		assertThat(traffic.calls("hot")).isGreaterThan(900 * traffic.calls("rare"));
		assertThat(traffic.share("rare")).isGreaterThan(0.3);
		assertThat(traffic.occupancy("hot")).isGreaterThan(0.25);
	}

	@Test
	void letARareEndpointBeProfiledBesideSeveralHotOnes() {
		Simulation traffic = new Simulation(1, 0);
		for (String hot : List.of("a", "b", "c")) {
			traffic.clients(5, hot, MILLI, Duration.ZERO);
		}
		traffic.clients(1, "rare", MILLI, SECOND.dividedBy(2));
		traffic.run(MINUTE.multipliedBy(2));
		assertThat(traffic.share("rare")).isGreaterThan(0.15);
		for (String hot : List.of("a", "b", "c")) {
			assertThat(traffic.occupancy(hot)).isBetween(0.1, 0.34);
		}
	}

	@Test
	void shareAPlaceAmongHotEndpointsByTimeRatherThanByCalls() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(5, "short", MILLI, Duration.ZERO);
		traffic.clients(5, "long", MILLI.multipliedBy(100), Duration.ZERO);
		traffic.run(MINUTE.multipliedBy(2));
		assertThat(traffic.occupancy("short")).isGreaterThan(0.15);
		assertThat(traffic.occupancy("long")).isGreaterThan(0.15);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 10 })
	void shareSeveralPlaces(int places) {
		Simulation traffic = new Simulation(places, 0);
		traffic.clients(50, "hot", MILLI.multipliedBy(50), Duration.ZERO);
		traffic.clients(1, "rare", MILLI.multipliedBy(50), SECOND);
		traffic.run(MINUTE.multipliedBy(4));
		assertThat(traffic.share("rare")).isGreaterThan(0.3);
		assertThat(traffic.occupancy("hot")).isGreaterThan(0.25);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 15, 120, 1000 })
	void letAnEndpointBeProfiledThatIsCalledEveryFewMinutesOrHours(int minutes) {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(2, "hot", SECOND.multipliedBy(4), Duration.ZERO);
		traffic.clients(1, "rare", SECOND, MINUTE.multipliedBy(minutes));
		traffic.run(MINUTE.multipliedBy(40L * minutes));
		assertThat(traffic.share("rare")).isGreaterThan(0.2);
		assertThat(traffic.occupancy("hot")).isGreaterThan(0.25);
	}

	@Test
	void letTheEndpointsOfOnePageTakeTurnsWhichAreAlwaysCalledTogetherInTheSameOrder() {
		Simulation traffic = new Simulation(1, 0);
		for (int second = 0; second < 3000; second += 30) {
			for (int i = 0; i < 5; i++) {
				traffic.call("part" + i, second * SECOND.toNanos() + i * MILLI.toNanos(), MILLI.multipliedBy(50));
			}
		}
		traffic.run(MINUTE.multipliedBy(60));
		for (int i = 0; i < 5; i++) {
			assertThat(traffic.share("part" + i)).as("part %d", i).isBetween(0.1, 0.4);
		}
	}

	@Test
	void boundThePauseAfterALongRequest() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(2, "export", MINUTE.multipliedBy(20), Duration.ZERO);
		traffic.clients(1, "rare", MILLI, MINUTE);
		traffic.run(MINUTE.multipliedBy(6000));
		assertThat(traffic.occupancy("export")).isGreaterThan(0.4);
		assertThat(traffic.share("rare")).isGreaterThan(0.01);
	}

	@Test
	void holdUpNobodyForAnEndpointThatIsQuiet() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(3, "other", MILLI.multipliedBy(10), Duration.ZERO);
		for (int second = 0; second < 3; second++) {
			traffic.call("rare", second * SECOND.toNanos(), MILLI);
		}
		traffic.run(MINUTE);
		for (int second = 0; second < 100; second++) {
			traffic.call("rare", traffic.now() + second * SECOND.toNanos(), MILLI);
		}
		traffic.quiet("other");
		traffic.run(MINUTE.multipliedBy(2));
		assertThat(traffic.share("rare")).isGreaterThan(0.95);
	}

	@Test
	void keepNoPlaceEmptyForEachOfManyEndpointsThatAreQuiet() {
		Simulation traffic = new Simulation(1, 0);
		traffic.clients(1, "hot", MILLI.multipliedBy(10), Duration.ZERO);
		traffic.run(SECOND);
		for (int i = 0; i < 30; i++) {
			traffic.call("quiet" + i, traffic.now() + i, MILLI);
		}
		traffic.run(MINUTE.multipliedBy(60));
		assertThat(traffic.occupancy("hot")).isGreaterThan(0.25);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -60_000_000_000L, -1, Long.MAX_VALUE - 60_000_000_000L })
	void workWhateverTheClockSays(long origin) {
		Simulation traffic = new Simulation(1, origin);
		traffic.clients(8, "hot", MILLI.multipliedBy(8), Duration.ZERO);
		traffic.clients(1, "rare", MILLI.multipliedBy(8), SECOND);
		traffic.run(MINUTE.multipliedBy(4));
		assertThat(traffic.share("rare")).isGreaterThan(0.3);
		assertThat(traffic.occupancy("hot")).isGreaterThan(0.25);
	}

	@Test
	void giveEachPlaceToOneOfManyThreads() throws Exception {
		int threads = 8;
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		ProfilingSlots slots = new ProfilingSlots(3, endpoints);
		AtomicInteger taken = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				ProfiledEndpoint endpoint = endpoints.register("e" + i % 3, () -> 0);
				results.add(executor.submit(() -> {
					start.countDown();
					start.await();
					int most = 0;
					for (int j = 0; j < 20_000; j++) {
						long now = System.nanoTime();
						if (slots.tryAcquire(endpoint, now)) {
							most = Math.max(most, taken.incrementAndGet());
							taken.decrementAndGet();
							slots.release(endpoint, now, System.nanoTime());
						}
					}
					return most;
				}));
			}
			for (Future<Integer> result : results) {
				assertThat(result.get()).isBetween(0, 3);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(slots.taken()).isZero();
	}

	/**
	 * Requests over hours, in no time.
	 */
	private static final class Simulation {

		private final Random random = new Random(1);

		private final ProfiledEndpoints endpoints = new ProfiledEndpoints();

		private final Map<String, long[]> counts = new HashMap<>();

		private final List<String> quiet = new ArrayList<>();

		private final PriorityQueue<Event> events = new PriorityQueue<>(
				Comparator.comparingLong(Event::time).thenComparingLong(Event::number));

		private final ProfilingSlots slots;

		private final long origin;

		private long number;

		private long now;

		Simulation(int places, long origin) {
			this.slots = new ProfilingSlots(places, this.endpoints);
			this.origin = origin;
		}

		// Each client waits for the answer, thinks for a while and calls again.
		void clients(int clients, String name, Duration duration, Duration pause) {
			for (int i = 0; i < clients; i++) {
				at(random(duration), () -> again(name, duration, pause));
			}
		}

		private void again(String name, Duration duration, Duration pause) {
			if (!this.quiet.contains(name)) {
				long end = this.now + random(duration);
				request(name, end);
				at(end + random(pause), () -> again(name, duration, pause));
			}
		}

		void call(String name, long time, Duration duration) {
			at(time, () -> request(name, time + duration.toNanos()));
		}

		private void request(String name, long end) {
			ProfiledEndpoint endpoint = this.endpoints.register(name, () -> 0);
			long start = this.now;
			long[] counts = this.counts.computeIfAbsent(name, (key) -> new long[3]);
			counts[0]++;
			if (this.slots.tryAcquire(endpoint, this.origin + start)) {
				counts[1]++;
				counts[2] += end - start;
				at(end, () -> this.slots.release(endpoint, this.origin + start, this.origin + end));
			}
		}

		void quiet(String name) {
			this.quiet.add(name);
			this.counts.clear();
		}

		void run(Duration duration) {
			long end = this.now + duration.toNanos();
			while (!this.events.isEmpty() && this.events.peek().time <= end) {
				Event event = this.events.remove();
				this.now = event.time;
				event.action.run();
			}
			this.now = end;
		}

		long now() {
			return this.now;
		}

		long calls(String name) {
			return this.counts.get(name)[0];
		}

		// What part of its calls was profiled.
		double share(String name) {
			return (double) this.counts.get(name)[1] / this.counts.get(name)[0];
		}

		// What part of the time of a place it had.
		double occupancy(String name) {
			return (double) this.counts.get(name)[2] / this.now;
		}

		// Half as long, up to half as long again.
		private long random(Duration duration) {
			return Math.round(duration.toNanos() * (0.5 + this.random.nextDouble()));
		}

		private void at(long time, Runnable action) {
			this.events.add(new Event(time, this.number++, action));
		}

		private record Event(long time, long number, Runnable action) {
		}

	}

}
