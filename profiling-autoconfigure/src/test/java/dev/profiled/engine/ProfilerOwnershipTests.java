package dev.profiled.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfilerOwnership}.
 */
class ProfilerOwnershipTests {

	private static final String MAPPING = "7f2a5c000000-7f2a5c0b5000 r-xp 00002000 fe:01 123456    ";

	@Test
	void findsProfilersByTheNameOfTheirLibrary() {
		assertThat(ProfilerOwnership.libraries(String.join("\n", MAPPING + "/tmp/libasyncProfiler-1234.so",
				MAPPING + "/opt/my tools/libjavaProfiler.so.1",
				MAPPING + "/opt/async-profiler-4.5/lib/libasyncProfiler.so", MAPPING + "/opt/libpyroscope.so")))
			.containsExactly("/opt/async-profiler-4.5/lib/libasyncProfiler.so", "/opt/libpyroscope.so",
					"/opt/my tools/libjavaProfiler.so.1", "/tmp/libasyncProfiler-1234.so");
	}

	@Test
	void knowsALibraryThatWasDeletedSinceByTheSameName() {
		assertThat(ProfilerOwnership.libraries(String.join("\n", MAPPING + "/tmp/libasyncProfiler-1234.so",
				MAPPING + "/tmp/libasyncProfiler-1234.so (deleted)")))
			.containsExactly("/tmp/libasyncProfiler-1234.so");
	}

	@Test
	void leavesOtherLibrariesAloneWhereverTheyAre() {
		assertThat(ProfilerOwnership.libraries(String.join("\n", MAPPING + "/opt/pyroscope-demo/lib/libssl.so.3",
				MAPPING + "/opt/async-profiler.so/libz.so", MAPPING + "/opt/pyroscope/notes.txt", MAPPING + "[heap]",
				"7ffd1000-7ffd2000 rw-p 00000000 00:00 0")))
			.isEmpty();
	}

}
