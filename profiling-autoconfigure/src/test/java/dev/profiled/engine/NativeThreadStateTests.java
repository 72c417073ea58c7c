package dev.profiled.engine;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeThreadState}.
 */
class NativeThreadStateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			7 (http-exec-1) R 1 7 7 0 -1         | RUNNABLE
			7 (http-exec-1) S 1 7 7 0 -1         | WAITING
			7 (http-exec-1) D 1 7 7 0 -1         | WAITING
			7 (a) R (b) S 1 7 7 0 -1             | WAITING
			7 (http-exec-1)                      | UNKNOWN
			7 nothing of the kind                | UNKNOWN
			""")
	void theStateFollowsTheNameWhateverThatIs(String stat, NativeThreadState.Activity expected) {
		byte[] bytes = stat.getBytes(StandardCharsets.US_ASCII);
		assertThat(NativeThreadState.ofStat(bytes, bytes.length).activity()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			running                              | RUNNABLE
			202 0x7fa2 0x189 0x0 0x0 0x0 0xffff  | WAITING
			-1 0x7ffca8d87a38 0x7fa20d7252ad     | WAITING
			''                                   | UNKNOWN
			""")
	void aThreadThatWaitsDoesSoInACallOrInNone(String call, NativeThreadState.Activity expected) {
		byte[] bytes = call.getBytes(StandardCharsets.US_ASCII);
		assertThat(NativeThreadState.ofCall(bytes, bytes.length).activity()).isEqualTo(expected);
	}

	@Test
	void aFileThatEndsHasNoState() {
		assertThat(NativeThreadState.ofStat(new byte[8], -1)).isEqualTo(NativeThreadState.UNKNOWN);
		assertThat(NativeThreadState.ofCall(new byte[8], -1)).isEqualTo(NativeThreadState.UNKNOWN);
	}

}
