package dev.profiled.engine;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import dev.profiled.jfr.SamplingIntervals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfilerCommand}.
 */
class ProfilerCommandTests {

	private final Path file = Path.of("/tmp/x.jfr");

	@Test
	void samplesCpuAllocationsAndLocksInOneSession() {
		assertThat(ProfilerCommand
			.start(this.file, ProfilerCommand.TIMERS, new SamplingIntervals(19_236_000, 524_288, 1_000_000))).isEqualTo(
					"start,event=ctimer,interval=19236000,alloc=524288,lock=1000000,clock=monotonic,jfropts=31,jfr,file=/tmp/x.jfr");
	}

	@Test
	void leavesOutWhatIsOff() {
		assertThat(
				ProfilerCommand.start(this.file, ProfilerCommand.PERF_EVENTS, new SamplingIntervals(19_236_000, 0, 0)))
			.isEqualTo("start,event=cpu,interval=19236000,clock=monotonic,jfropts=31,jfr,file=/tmp/x.jfr");
	}

}
