package dev.profiled.jfr;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JfrStacks}.
 */
class JfrStacksTests {

	@ParameterizedTest
	@ValueSource(strings = { "break_not_walkable", "break_stack_range", "break_interpreted", "unknown_nmethod",
			"unknown_Java", "not_walkable_Java", "not_walkable_not_Java", "no_Java_frame", "cont_returnBarrier" })
	void whatTheProfilerSaysWhereItLostItsWayIsNoFunction(String name) {
		assertThat(JfrStacks.isError(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "start_thread", "clone3", "JavaMain", "_break_handler", "breakpoint", "unknown" })
	void functionsAreNoErrors(String name) {
		assertThat(JfrStacks.isError(name)).isFalse();
	}

}
