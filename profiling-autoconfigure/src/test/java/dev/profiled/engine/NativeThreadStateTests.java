package dev.profiled.engine;

import java.nio.charset.StandardCharsets;

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
	void theStateFollowsTheNameWhateverThatIs(String stat, NativeThreadState expected) {
		byte[] bytes = stat.getBytes(StandardCharsets.US_ASCII);
		assertThat(NativeThreadState.parse(bytes, bytes.length)).isEqualTo(expected);
	}

}
