package dev.profiled.attribution;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.LatencySummary;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileRepository;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.StackText;
import dev.profiled.profile.TimeCategory;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.SkipReason;
import dev.profiled.request.Timeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestCollector}.
 */
class RequestCollectorTests {

	private static final Coverage ALWAYS = new Coverage(0, Coverage.OPEN);

	private final InMemoryProfileRepository repository = new InMemoryProfileRepository(10, 1000, 100);

	private final RequestCollector collector = new RequestCollector(this.repository);

	private final ProfiledEndpoint orders = new ProfiledEndpoint("orders", () -> this.repository.generation("orders"));

	@BeforeEach
	void register() {
		this.repository.register(new Endpoint("orders", List.of("Orders.get"), List.of()));
	}

	@Test
	void foldsARequestWhenItHasClosed() {
		RequestWindow window = open(1, 100);
		sample(1, 110, "a;b");
		harvested(200);
		assertThat(lines()).isEmpty();
		sample(1, 210, "a;b");
		sample(1, 220, "a;c");
		close(window, 230);
		harvested(300);
		assertThat(lines()).containsExactly("a;b 2", "a;c 1");
		assertThat(profile().summary().latency()).isEqualTo(new LatencySummary(1, 130, 130, 130, 130, 130));
		assertThat(this.orders.profiledCount()).isOne();
	}

	@Test
	void givesBackTheSamplesOfNobody() {
		close(open(1, 100), 200);
		assertThat(this.collector.attribute(List.of(of(1, 90, "a"), of(1, 150, "b"), of(2, 150, "c")), Pauses.NONE))
			.extracting((sample) -> sample.stack().toString())
			.containsExactly("a", "c");
	}

	@Test
	void addsSamplesThatArriveAfterTheFolding() {
		close(open(1, 100), 200);
		sample(1, 110, "a");
		harvested(100);
		sample(1, 120, "b");
		harvested(300);
		assertThat(lines()).containsExactly("a 1", "b 1");
		assertThat(profile().summary().latency().count()).isOne();
		assertThat(this.orders.profiledCount()).isOne();
	}

	@Test
	void countsSamplesThatArriveTooLateToNobody() {
		close(open(1, 100), 200);
		harvested(250);
		harvested(350);
		assertThat(this.collector.attribute(List.of(of(1, 150, "a")), Pauses.NONE)).hasSize(1);
		assertThat(lines()).isEmpty();
	}

	@Test
	void keepsARequestOneChunkLonger() {
		close(open(1, 260), 270);
		harvested(250);
		harvested(350);
		assertThat(this.collector.attribute(List.of(of(1, 265, "a")), Pauses.NONE)).isEmpty();
		harvested(450);
		assertThat(lines()).containsExactly("a 1");
	}

	@Test
	void keepsARequestOneChunkLongerThoughTheClockIsNegative() {
		close(open(1, -260), -250);
		settle(new Coverage(-1000, Coverage.OPEN), -255);
		assertThat(this.collector.attribute(List.of(of(1, -255, "a")), Pauses.NONE)).isEmpty();
	}

	@Test
	void aPauseCostsARequestNothingWhileItWaits() {
		Pauses pauses = new Pauses(List.of(new Pause(90, 120), new Pause(150, 180)));
		close(open(1, 100), 200);
		this.collector.attribute(List.of(new Sample(ProfileEvent.WALL, 1, 165, StackText.stack("wait"), 55)), pauses);
		this.collector.settle(ALWAYS, 100, 0, new Sampling(true, false, pauses));
		assertThat(profile(ProfileEvent.WALL).tree().weight()).isEqualTo(100);
		assertThat(profile(ProfileEvent.WALL).summary().split().nanos()).containsOnly(Map.entry(TimeCategory.GC, 25L),
				Map.entry(TimeCategory.CORE, 20L));
	}

	@Test
	void addsAWaitThatIsToldWhenItHasEndedToTheRequestItBeganIn() {
		RequestWindow window = open(1, 100);
		harvested(100);
		harvested(200);
		harvested(300);
		close(window, 420);
		sample(1, 110, "a;lock");
		harvested(400);
		assertThat(lines()).containsExactly("a;lock 1");
	}

	@Test
	void leavesARequestOutThatBeganBeforeTheSessionWasArmed() {
		close(open(1, 90), 200);
		sample(1, 150, "a");
		settle(new Coverage(100, Coverage.OPEN), 100);
		assertDiscarded(SkipReason.ARMING, 1);
	}

	@Test
	void leavesARequestOutThatEndedAfterTheSessionDid() {
		close(open(1, 110), 200);
		sample(1, 150, "a");
		settle(new Coverage(100, 190), 100);
		assertDiscarded(SkipReason.ARMING, 1);
	}

	@Test
	void countsARequestThatFillsTheSessionExactly() {
		close(open(1, 100), 200);
		sample(1, 150, "a");
		settle(new Coverage(100, 200), 100);
		assertThat(lines()).containsExactly("a 1");
	}

	@Test
	void leavesARequestOutThatWentOnAsynchronously() {
		Timeline.end(open(1, 100), 200, RequestWindow.State.ASYNC);
		sample(1, 150, "a");
		harvested(100);
		assertDiscarded(SkipReason.ASYNC, 1);
	}

	@Test
	void leavesARequestOutWhoseEndWasNeverSeen() {
		Timeline.end(open(1, 100), 200, RequestWindow.State.LOST);
		sample(1, 150, "a");
		harvested(100);
		assertDiscarded(SkipReason.LOST, 1);
	}

	@Test
	void discardsLateSamplesOfARequestThatWasLeftOut() {
		Timeline.end(open(1, 100), 200, RequestWindow.State.ASYNC);
		sample(1, 150, "a");
		harvested(100);
		sample(1, 160, "a");
		harvested(200);
		assertDiscarded(SkipReason.ASYNC, 2);
	}

	@Test
	void dropsARequestThatAResetOvertook() {
		RequestWindow window = open(1, 100);
		sample(1, 110, "a");
		harvested(100);
		this.repository.reset("orders");
		sample(1, 120, "a");
		close(window, 200);
		harvested(200);
		assertThat(lines()).isEmpty();
		assertThat(this.orders.profiledCount()).isZero();
		assertThat(this.orders.skippedSinceReset()).isEmpty();
		assertThat(this.collector.statistics().discardedSamples()).isEqualTo(2);
	}

	@Test
	void dropsLateSamplesThatAResetOvertook() {
		close(open(1, 100), 200);
		sample(1, 110, "a");
		harvested(100);
		this.repository.reset("orders");
		sample(1, 120, "a");
		harvested(200);
		assertThat(lines()).isEmpty();
		assertThat(this.collector.statistics()).isEqualTo(new CollectorStatistics(2, 1, 0, 0));
	}

	@Test
	void countsWhatTheRepositoryFailsToTakeAndGoesOn() {
		AtomicReference<Throwable> failure = new AtomicReference<>(new IllegalStateException("out of order"));
		RequestCollector collector = new RequestCollector(failing(failure));
		for (int thread = 1; thread <= 3; thread++) {
			RequestWindow window = Timeline.open(this.orders, thread, 100);
			close(window, 200);
			collector.add(window);
		}
		collector.attribute(List.of(of(1, 110, "a"), of(2, 120, "b"), of(3, 130, "c")), Pauses.NONE);
		collector.settle(ALWAYS, 100, 0, Sampling.CPU_ONLY);
		assertThat(this.orders.profiledCount()).isZero();
		assertThat(this.orders.skippedSinceReset()).containsExactly(Map.entry(SkipReason.LOST, 3L));
		assertThat(collector.statistics()).isEqualTo(new CollectorStatistics(3, 3, 0, 0));
		failure.set(new NoSuchMethodError("of another version"));
		collector.attribute(List.of(of(1, 140, "late")), Pauses.NONE);
		collector.settle(ALWAYS, 300, 0, Sampling.CPU_ONLY);
		assertThat(this.orders.skippedSinceReset()).containsExactly(Map.entry(SkipReason.LOST, 3L));
		assertThat(collector.statistics()).isEqualTo(new CollectorStatistics(4, 4, 0, 0));
	}

	@Test
	void tellsWhatIsUnderWay() {
		open(1, 100);
		close(open(2, 100), 150);
		sample(1, 110, "a");
		sample(1, 120, "a");
		sample(2, 130, "b");
		assertThat(settle(ALWAYS, 100)).isTrue();
		assertThat(this.collector.statistics()).isEqualTo(new CollectorStatistics(3, 0, 1, 2));
	}

	@Test
	void saysWhetherRequestsAreUnderWay() {
		assertThat(settle(ALWAYS, 50)).isFalse();
		RequestWindow window = open(1, 100);
		for (int chunk = 100; chunk < 1000; chunk += 100) {
			assertThat(settle(ALWAYS, chunk)).isTrue();
		}
		close(window, 1010);
		assertThat(settle(ALWAYS, 1000)).isFalse();
	}

	@Test
	void tellsWhenARequestEnded() {
		close(open(1, 100_000_000), 200_000_000);
		this.collector.settle(ALWAYS, 100, Instant.EPOCH.plusSeconds(5).toEpochMilli() * 1_000_000, Sampling.CPU_ONLY);
		assertThat(profile().summary().lastProfiled()).isEqualTo(Instant.EPOCH.plusMillis(5200));
	}

	@Test
	void boundsTheStacksOfALongRequestAndKeepsCountingTheKnownOnes() {
		TrackedRequest request = new TrackedRequest(Timeline.open(this.orders, 1, 100));
		for (int i = 0; i < 20_000; i++) {
			request.add(of(1, 110, "s" + i), Pauses.NONE);
		}
		request.add(of(1, 110, "more"), Pauses.NONE);
		request.add(of(1, 110, "s0"), Pauses.NONE);
		assertThat(request.sampleCount()).isEqualTo(20_002);
		assertThat(StackText.lines(request.takeSamples())).hasSize(20_001)
			.contains("[truncated] 1", "s0 2", "s19999 1");
		assertThat(request.sampleCount()).isZero();
	}

	private RequestWindow open(long thread, long start) {
		RequestWindow window = Timeline.open(this.orders, thread, start);
		this.collector.add(window);
		return window;
	}

	private static void close(RequestWindow window, long time) {
		Timeline.end(window, time, RequestWindow.State.CLOSED);
	}

	private void sample(long thread, long time, String stack) {
		assertThat(this.collector.attribute(List.of(of(thread, time, stack)), Pauses.NONE)).isEmpty();
	}

	private static Sample of(long thread, long time, String stack) {
		return new Sample(ProfileEvent.CPU, thread, time, StackText.stack(stack), StackText.WEIGHT);
	}

	private void harvested(long chunkStart) {
		settle(ALWAYS, chunkStart);
	}

	private boolean settle(Coverage coverage, long chunkStart) {
		return this.collector.settle(coverage, chunkStart, 0, Sampling.CPU_ONLY);
	}

	private void assertDiscarded(SkipReason reason, long samples) {
		assertThat(lines()).isEmpty();
		assertThat(profile().summary().latency().count()).isZero();
		assertThat(this.orders.profiledCount()).isZero();
		assertThat(this.orders.skippedSinceReset()).containsExactly(Map.entry(reason, 1L));
		assertThat(this.collector.statistics().discardedSamples()).isEqualTo(samples);
	}

	private ProfileRepository failing(AtomicReference<Throwable> failure) {
		return (ProfileRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ProfileRepository.class }, (proxy, method, arguments) -> {
					throw failure.get();
				});
	}

	private ProfileSnapshot profile() {
		return profile(ProfileEvent.CPU);
	}

	private ProfileSnapshot profile(ProfileEvent event) {
		return this.repository.find("orders", new ProfileQuery(event)).orElseThrow();
	}

	private List<String> lines() {
		return StackText.lines(profile().tree());
	}

}
