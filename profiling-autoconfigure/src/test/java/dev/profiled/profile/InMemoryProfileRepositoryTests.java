package dev.profiled.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryProfileRepository} and the {@link EndpointProfile} in it.
 */
class InMemoryProfileRepositoryTests {

	private static final long TIME = 1_700_000_000_000L;

	private static final long MINUTE = 60_000;

	private final InMemoryProfileRepository repository = repository(1000);

	@Test
	void foldsRequestsIntoTheProfileOfTheirEndpoint() {
		record(this.repository, "orders", 5, "a;b 1", "a;c 2");
		record(this.repository, "orders", 7, "a;b 3");
		record(this.repository, "stock", 1, "d 1");
		assertThat(lines(this.repository, "orders")).containsExactly("a;b 4", "a;c 2");
		assertThat(lines(this.repository, "stock")).containsExactly("d 1");
		ProfileSummary summary = summary(this.repository, "orders");
		assertThat(summary.totals(ProfileEvent.CPU)).isEqualTo(new EventTotals(6, 6 * StackText.WEIGHT));
		assertThat(summary.latency()).isEqualTo(new LatencySummary(2, 6, 5, 7, 7, 7));
		assertThat(summary.stacks()).isEqualTo(2);
		assertThat(summary.truncatedSamples()).isZero();
	}

	@Test
	void knowsNothingOfANewEndpoint() {
		ProfileSummary summary = summary(this.repository, "orders");
		assertThat(summary.latency()).isEqualTo(LatencySummary.NONE);
		assertThat(summary.totals(ProfileEvent.CPU)).isEqualTo(new EventTotals(0, 0));
		assertThat(summary.firstProfiled()).isNull();
		assertThat(summary.lastProfiled()).isNull();
		assertThat(lines(this.repository, "orders")).isEmpty();
	}

	@Test
	void countsRequestsWithoutSamples() {
		record(this.repository, "orders", 5);
		assertThat(summary(this.repository, "orders").latency().count()).isOne();
		assertThat(lines(this.repository, "orders")).isEmpty();
	}

	@Test
	void tellsWhenTheFirstAndTheLatestRequestEnded() {
		for (int minutes : new int[] { 3, 9, 1, 5 }) {
			record(this.repository, "orders", request(0, TIME + minutes * MINUTE, 1, false));
		}
		ProfileSummary summary = summary(this.repository, "orders");
		assertThat(summary.firstProfiled()).isEqualTo(Instant.ofEpochMilli(TIME + MINUTE));
		assertThat(summary.lastProfiled()).isEqualTo(Instant.ofEpochMilli(TIME + 9 * MINUTE));
	}

	@Test
	void addsLateSamplesWithoutCountingTheRequestAgain() {
		record(this.repository, "orders", request(0, TIME, 5, false, "a 1"));
		record(this.repository, "orders", request(0, TIME, 5, true, "a 2", "b 1"));
		assertThat(lines(this.repository, "orders")).containsExactly("a 3", "b 1");
		assertThat(summary(this.repository, "orders").latency()).isEqualTo(new LatencySummary(1, 5, 5, 5, 5, 5));
	}

	@Test
	void mergesHandlersAndPatternsOfEndpointsWithOneName() {
		this.repository.register(new Endpoint("orders", List.of("B.b"), List.of("GET /b")));
		this.repository.register(new Endpoint("orders", List.of("A.a", "B.b"), List.of("GET /a")));
		assertThat(this.repository.summaries()).extracting(ProfileSummary::endpoint)
			.containsExactly(new Endpoint("orders", List.of("A.a", "B.b"), List.of("GET /a", "GET /b")));
	}

	@Test
	void listsEndpointsByName() {
		List.of("stock", "orders", "Quotes").forEach((name) -> register(this.repository, name));
		assertThat(this.repository.summaries()).extracting((summary) -> summary.endpoint().name())
			.containsExactly("Quotes", "orders", "stock");
	}

	@Test
	void turnsAwayEndpointsPastItsBound() {
		InMemoryProfileRepository repository = new InMemoryProfileRepository(2, 10, 10);
		assertThat(register(repository, "a")).isTrue();
		assertThat(register(repository, "b")).isTrue();
		assertThat(register(repository, "c")).isFalse();
		assertThat(register(repository, "a")).isTrue();
		assertThat(repository.record("c", request(0, TIME, 1, false))).isFalse();
		assertThat(repository.summaries()).hasSize(2);
	}

	@Test
	void knowsNoOtherNames() {
		assertThat(this.repository.find("x", new ProfileQuery(ProfileEvent.CPU))).isEqualTo(Optional.empty());
		assertThat(this.repository.generation("x")).isZero();
		assertThat(this.repository.record("x", request(0, TIME, 1, false))).isFalse();
		assertThat(this.repository.reset("x")).isFalse();
	}

	@Test
	void forgetsAProfileAndWhatWasUnderWay() {
		record(this.repository, "orders", 5, "a 1");
		int before = this.repository.generation("orders");
		assertThat(this.repository.reset("orders")).isTrue();
		assertThat(this.repository.generation("orders")).isEqualTo(before + 1);
		assertThat(this.repository.record("orders", request(before, TIME, 5, false, "a 1"))).isFalse();
		assertThat(this.repository.record("orders", request(before, TIME, 5, true, "a 1"))).isFalse();
		assertThat(summary(this.repository, "orders")).usingRecursiveComparison()
			.isEqualTo(new ProfileSummary(endpoint("orders"), before + 1, LatencySummary.NONE, Map.of(), TimeSplit.NONE,
					MeasuredCost.NONE, 0, 0, 0, null, null));
		assertThat(this.repository.record("orders", request(before + 1, TIME, 5, false, "b 1"))).isTrue();
		assertThat(lines(this.repository, "orders")).containsExactly("b 1");
	}

	@Test
	void resetsOneEndpointOnly() {
		record(this.repository, "orders", 5, "a 1");
		record(this.repository, "stock", 5, "b 1");
		this.repository.reset("orders");
		assertThat(lines(this.repository, "stock")).containsExactly("b 1");
		assertThat(this.repository.generation("stock")).isZero();
	}

	@Test
	void countsWhatItTruncates() {
		InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 2, 3);
		record(repository, "orders", 5, "a;b;c 1", "a;b;c;d 2", "a 4", "b 8", "a;b;c 16");
		assertThat(lines(repository, "orders")).containsExactly("[truncated] 8", "a 4", "a;b;c 17",
				"a;b;c;[truncated] 2");
		ProfileSummary summary = summary(repository, "orders");
		assertThat(summary.truncatedSamples()).isEqualTo(10);
		assertThat(summary.totals(ProfileEvent.CPU).samples()).isEqualTo(31);
	}

	@Test
	void givesUpResolutionInTimeBeforeStacks() {
		InMemoryProfileRepository repository = repository(2);
		for (int minute = 0; minute < 1000; minute++) {
			record(repository, "orders", request(0, TIME + minute * MINUTE, 5, false, "a 1", "b 1"));
		}
		assertThat(lines(repository, "orders")).containsExactly("a 1000", "b 1000");
		assertThat(summary(repository, "orders").latency().count()).isEqualTo(1000);
		assertThat(summary(repository, "orders").truncatedSamples()).isZero();
	}

	@Test
	void keepsCountingKnownStacksWhenItIsFull() {
		InMemoryProfileRepository repository = repository(2);
		long[] latencies = { 1, 2, 3, 4 };
		for (int minute = 0; minute < 100; minute++) {
			for (long latency : latencies) {
				record(repository, "orders", request(0, TIME + minute * MINUTE, latency, false, "a 1", "b 1"));
			}
		}
		assertThat(lines(repository, "orders")).containsExactly("a 400", "b 400");
	}

	@Test
	void keepsKnownStacksWhateverTheLatenciesOfTheirRequests() {
		InMemoryProfileRepository repository = repository(3);
		for (int latency = 0; latency < 30; latency++) {
			record(repository, "orders", request(0, TIME + latency * MINUTE, latency, false, "a 1", "b 1", "c 1"));
		}
		ProfileSummary summary = summary(repository, "orders");
		assertThat(summary.totals(ProfileEvent.CPU).samples()).isEqualTo(90);
		assertThat(summary.truncatedSamples()).isZero();
		assertThat(lines(repository, "orders")).containsExactlyInAnyOrder("a 30", "b 30", "c 30");
	}

	@Test
	void boundsTheCountsOfRequestsWithManyLatencies() {
		EndpointProfile profile = new EndpointProfile(new Endpoint("orders", List.of(), List.of()), 3, 8);
		for (int latency = 0; latency < 900; latency++) {
			profile.record(request(0, TIME + latency * MINUTE, 1L << latency % 50, false, "a 1", "b 1", "c 1"));
		}
		assertThat(profile.counts()).isBetween(12, 15);
	}

	@Test
	void losesNoSampleWhateverItsBounds() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 1 + random.nextInt(30),
					1 + random.nextInt(8));
			register(repository, "orders");
			long samples = 0;
			long now = TIME;
			for (int i = 0; i < 40; i++) {
				StackCounts counts = new StackCounts();
				StackText.randomStacks(random, random.nextInt(30))
					.forEach((stack) -> counts.add(ProfileEvent.CPU, stack, 1, StackText.WEIGHT));
				samples += counts.samples();
				now += random.nextInt(10) * MINUTE;
				repository.record("orders", new RequestProfile(0, now, random.nextInt(100), false, counts));
			}
			ProfileSnapshot snapshot = snapshot(repository, "orders");
			assertThat(snapshot.tree().samples()).as("seed %d", seed).isEqualTo(samples);
			assertThat(snapshot.tree().weight()).as("seed %d", seed).isEqualTo(samples * StackText.WEIGHT);
			assertThat(snapshot.summary().totals(ProfileEvent.CPU)).as("seed %d", seed)
				.isEqualTo(new EventTotals(samples, samples * StackText.WEIGHT));
			assertThat(snapshot.summary().latency().count()).as("seed %d", seed).isEqualTo(40);
			assertThat(snapshot.summary().truncatedSamples()).as("seed %d", seed).isEqualTo(truncated(snapshot.tree()));
		}
	}

	@Test
	void doesNotDependOnTheOrderOfRequests() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			List<RequestProfile> requests = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				StackCounts counts = new StackCounts();
				StackText.randomStacks(random, random.nextInt(20))
					.forEach((stack) -> counts.add(ProfileEvent.CPU, stack, 1, StackText.WEIGHT));
				requests.add(new RequestProfile(0, TIME + random.nextInt(600) * MINUTE, random.nextInt(100_000), false,
						counts));
			}
			ProfileSnapshot expected = recorded(requests);
			Collections.shuffle(requests, random);
			ProfileSnapshot actual = recorded(requests);
			assertThat(StackText.lines(actual.tree())).as("seed %d", seed).isEqualTo(StackText.lines(expected.tree()));
			assertThat(actual.summary()).as("seed %d", seed).isEqualTo(expected.summary());
		}
	}

	@Test
	void givesSnapshotsThatDoNotChange() {
		record(this.repository, "orders", 5, "a 1");
		ProfileSnapshot snapshot = snapshot(this.repository, "orders");
		record(this.repository, "orders", 5, "a 1", "b 1");
		this.repository.reset("orders");
		assertThat(StackText.lines(snapshot.tree())).containsExactly("a 1");
		assertThat(snapshot.summary().totals(ProfileEvent.CPU).samples()).isOne();
	}

	@Test
	void givesConsistentSnapshotsWhileOthersRecordAndReset() throws Exception {
		register(this.repository, "orders");
		ExecutorService executor = Executors.newFixedThreadPool(3);
		AtomicBoolean done = new AtomicBoolean();
		try {
			List<Future<?>> readers = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				readers.add(executor.submit(() -> {
					while (!done.get()) {
						assertConsistent(snapshot(this.repository, "orders"));
						assertThat(this.repository.summaries()).hasSize(1);
					}
				}));
			}
			readers.add(executor.submit(() -> {
				while (!done.get()) {
					this.repository.reset("orders");
					Thread.sleep(5);
				}
				return null;
			}));
			Random random = new Random(1);
			for (int i = 0; i < 5000; i++) {
				record(this.repository, "orders", request(this.repository.generation("orders"), TIME + i * MINUTE / 10,
						random.nextInt(1000), false, "a;b" + random.nextInt(50) + " 1", "c 1"));
			}
			done.set(true);
			for (Future<?> reader : readers) {
				reader.get();
			}
		}
		finally {
			done.set(true);
			executor.shutdown();
		}
	}

	// Each request has two samples.
	private static void assertConsistent(ProfileSnapshot snapshot) {
		EventTotals totals = snapshot.summary().totals(ProfileEvent.CPU);
		assertThat(snapshot.tree().samples()).isEqualTo(totals.samples());
		assertThat(snapshot.tree().weight()).isEqualTo(totals.weight());
		assertThat(snapshot.summary().latency().count() * 2).isEqualTo(totals.samples());
	}

	private static long truncated(CallTree tree) {
		long samples = 0;
		for (int node = 1; node < tree.nodeCount(); node++) {
			samples += tree.frame(node).equals(Frame.TRUNCATED) ? tree.selfSamples(node) : 0;
		}
		return samples;
	}

	private static ProfileSnapshot recorded(List<RequestProfile> requests) {
		InMemoryProfileRepository repository = repository(100_000);
		requests.forEach((request) -> record(repository, "orders", request));
		return snapshot(repository, "orders");
	}

	private static InMemoryProfileRepository repository(int maxStacks) {
		return new InMemoryProfileRepository(10, maxStacks, 100);
	}

	private static Endpoint endpoint(String name) {
		return new Endpoint(name, List.of("Handler." + name), List.of());
	}

	private static boolean register(InMemoryProfileRepository repository, String name) {
		return repository.register(endpoint(name));
	}

	private static RequestProfile request(int generation, long closedAt, long latency, boolean addition,
			String... lines) {
		return new RequestProfile(generation, closedAt, latency, addition, StackText.counts(lines));
	}

	private static void record(InMemoryProfileRepository repository, String name, long latency, String... lines) {
		record(repository, name, request(0, TIME, latency, false, lines));
	}

	private static void record(InMemoryProfileRepository repository, String name, RequestProfile request) {
		register(repository, name);
		repository.record(name, request);
	}

	private static ProfileSnapshot snapshot(InMemoryProfileRepository repository, String name) {
		return repository.find(name, new ProfileQuery(ProfileEvent.CPU)).orElseThrow();
	}

	private static List<String> lines(InMemoryProfileRepository repository, String name) {
		return StackText.lines(snapshot(repository, name).tree());
	}

	private static ProfileSummary summary(InMemoryProfileRepository repository, String name) {
		register(repository, name);
		return snapshot(repository, name).summary();
	}

}
