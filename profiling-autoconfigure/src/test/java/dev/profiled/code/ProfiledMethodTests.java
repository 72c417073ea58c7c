package dev.profiled.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.profiled.profile.Endpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names of {@link ProfiledMethod}; what is annotated is tested where
 * methods are found.
 */
class ProfiledMethodTests {

	@ParameterizedTest
	@CsvSource({ "Orders.list,Orders.list", "Größe.zählen,Gr__e.z_hlen", "$Proxy.list,x_Proxy.list", ".a,x.a", "'',x",
			"a b/c,a_b_c" })
	void namesAreMadeSafe(String name, String safe) {
		assertThat(ProfiledMethod.safe(name)).isEqualTo(safe).matches(Endpoint.NAME);
	}

	@Test
	void longNamesAreCut() {
		assertThat(ProfiledMethod.safe("a".repeat(150))).isEqualTo("a".repeat(100)).matches(Endpoint.NAME);
		assertThat(ProfiledMethod.safe("_".repeat(150))).hasSize(100).matches(Endpoint.NAME);
	}

}
