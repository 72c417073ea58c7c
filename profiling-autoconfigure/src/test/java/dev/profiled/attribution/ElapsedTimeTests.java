package dev.profiled.attribution;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.RequestCost;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackText;
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
		assertThat(completed(null, 0)).containsExactly("CPU a 30", "WALL b 50", "WALL [waiting for a core] 20");
	}

	@Test
	void cpuTimeThatWasMeasuredAndNotSampledIsShown() {
		add(ProfileEvent.CPU, "a", 30);
		add(ProfileEvent.WALL, "b", 50);
		assertThat(completed(new RequestCost(40, 0), 0)).containsExactly("CPU a 30", "WALL b 50",
				"WALL [on CPU, not sampled] 10", "WALL [waiting for a core] 10");
	}

	@Test
	void samplesOfARequestMayWeighMoreThanItTook() {
		add(ProfileEvent.CPU, "a", 300);
		assertThat(completed(new RequestCost(40, 0), 0)).containsExactly("CPU a 300", "WALL [on CPU, not sampled] -260",
				"WALL [waiting for a core] 60");
	}

	@Test
	void aPauseIsNeitherCpuTimeNorWaitingForACore() {
		add(ProfileEvent.WALL, "b", 50);
		assertThat(completed(new RequestCost(20, 0), 10)).containsExactly("WALL b 50",
				"WALL [GC or safepoint pause] 10", "WALL [on CPU, not sampled] 20", "WALL [waiting for a core] 20");
	}

	@Test
	void whatIsKnownExactlyLeavesNothing() {
		add(ProfileEvent.CPU, "a", 40);
		add(ProfileEvent.WALL, "b", 60);
		assertThat(completed(new RequestCost(40, 0), 0)).containsExactly("CPU a 40", "WALL b 60");
	}

	@Test
	void samplesThatArriveLateChangeWhatWasLeft() {
		add(ProfileEvent.CPU, "a", 30);
		add(ProfileEvent.WALL, "b", 5);
		ElapsedTime.complete(this.window, this.samples, true, new RequestCost(40, 0), -2);
		assertThat(lines()).containsExactly("CPU a 30", "WALL b 5", "WALL [GC or safepoint pause] -2",
				"WALL [on CPU, not sampled] -30", "WALL [waiting for a core] -3");
	}

	@Test
	void allocationsAndLocksTakeNoTime() {
		add(ProfileEvent.ALLOC, "a", 4096);
		add(ProfileEvent.LOCK, "b", 70);
		assertThat(completed(null, 0)).containsExactly("ALLOC a 4096", "LOCK b 70", "WALL [waiting for a core] 100");
	}

	private void add(ProfileEvent event, String stack, long weight) {
		this.samples.add(event, StackText.stack(stack), 1, weight);
	}

	private List<String> completed(@Nullable RequestCost cost, long paused) {
		ElapsedTime.complete(this.window, this.samples, false, cost, paused);
		return lines();
	}

	private List<String> lines() {
		List<String> lines = new ArrayList<>();
		this.samples.forEach((event, stack, count, weight) -> lines.add(event + " " + stack + " " + weight));
		return lines;
	}

}
