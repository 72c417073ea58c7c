package dev.profiled.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AllocationSampling}.
 */
class AllocationSamplingTests {

	@ParameterizedTest
	@ValueSource(strings = { "17", "17.0.1+12", "17.0.10+7-LTS", "18.0.2", "19.0.2", "20.0.2", "21", "21.0.1", "21.0.2",
			"21-ea" })
	void isNotSafeBeforeTheJdkWasMended(String jdk) {
		assertThat(AllocationSampling.isSafe(Runtime.Version.parse(jdk))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "17.0.11", "17.0.15+6-Debian-1", "17.0.20", "21.0.3", "21.0.11+9-LTS", "22", "23.0.1",
			"25", "25.0.3+9-LTS", "26-ea" })
	void isSafeSince(String jdk) {
		assertThat(AllocationSampling.isSafe(Runtime.Version.parse(jdk))).isTrue();
	}

}
