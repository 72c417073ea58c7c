package dev.profiled.attribution;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestCost;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackText;
import dev.profiled.profile.UnsampledTime;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.Timeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElapsedTime}: of a request of 100 ns.
 */
class ElapsedTimeTests {

	private final RequestWindow window = Timeline.open(new ProfiledEndpoint("orders", () -> 0), 1, 1000);

	private final StackCounts samples = new StackCounts();

	ElapsedTimeTests() {
		Timeline.end(this.window, 1100, RequestWindow.State.CLOSED);
	}

	@Test
	void whatNeitherCpuTimeNorWaitsCoverIsWaitingForACore() {
		add(ProfileEvent.CPU, "a", 30);
		add(ProfileEvent.WALL, "b", 50);
		assertThat(unsampled(null, 0)).isEqualTo(new UnsampledTime(0, 20, 0));
	}

	@Test
	void cpuTimeThatWasMeasuredAndNotSampledIsShown() {
		add(ProfileEvent.CPU, "a", 30);
		add(ProfileEvent.WALL, "b", 50);
		assertThat(unsampled(new RequestCost(40, 0), 0)).isEqualTo(new UnsampledTime(10, 10, 0));
	}

	@Test
	void samplesOfARequestMayWeighMoreThanItTook() {
		add(ProfileEvent.CPU, "a", 300);
		assertThat(unsampled(new RequestCost(40, 0), 0)).isEqualTo(new UnsampledTime(-260, 60, 0));
	}

	@Test
	void aPauseIsNeitherCpuTimeNorWaitingForACore() {
		add(ProfileEvent.WALL, "b", 50);
		assertThat(unsampled(new RequestCost(20, 0), 10)).isEqualTo(new UnsampledTime(20, 20, 10));
	}

	@Test
	void whatIsKnownExactlyLeavesNothing() {
		add(ProfileEvent.CPU, "a", 40);
		add(ProfileEvent.WALL, "b", 60);
		assertThat(unsampled(new RequestCost(40, 0), 0)).isEqualTo(new UnsampledTime(0, 0, 0));
	}

	@Test
	void samplesThatArriveLateChangeWhatWasLeft() {
		add(ProfileEvent.CPU, "a", 30);
		add(ProfileEvent.WALL, "b", 5);
		assertThat(ElapsedTime.unsampled(this.window, this.samples, true, new RequestCost(40, 0), -2))
			.isEqualTo(new UnsampledTime(-30, -3, -2));
	}

	@Test
	void allocationsAndLocksTakeNoTime() {
		add(ProfileEvent.ALLOC, "a", 4096);
		add(ProfileEvent.LOCK, "b", 70);
		assertThat(unsampled(null, 0)).isEqualTo(new UnsampledTime(0, 100, 0));
	}

	private void add(ProfileEvent event, String stack, long weight) {
		this.samples.add(event, StackText.stack(stack), 1, weight);
	}

	private UnsampledTime unsampled(@Nullable RequestCost cost, long paused) {
		return ElapsedTime.unsampled(this.window, this.samples, false, cost, paused);
	}

}
