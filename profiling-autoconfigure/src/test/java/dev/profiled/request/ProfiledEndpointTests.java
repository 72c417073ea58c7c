package dev.profiled.request;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfiledEndpoint} and {@link ProfiledEndpoints}.
 */
class ProfiledEndpointTests {

	private final ProfiledEndpoint endpoint = new ProfiledEndpoint("orders", () -> 0);

	@Test
	void countsRequestsByWhatBecameOfThem() {
		this.endpoint.profiled();
		this.endpoint.skipped(SkipReason.BUSY);
		this.endpoint.skipped(SkipReason.BUSY);
		assertThat(this.endpoint.profiledCount()).isOne();
		assertThat(this.endpoint.skippedCount(SkipReason.BUSY)).isEqualTo(2);
		assertThat(this.endpoint.skippedCount(SkipReason.LOST)).isZero();
		assertThat(this.endpoint.skippedSinceReset()).containsExactly(Map.entry(SkipReason.BUSY, 2L));
	}

	@Test
	void countsAnewAfterAResetButForTheTotals() {
		this.endpoint.skipped(SkipReason.BUSY);
		this.endpoint.reset();
		assertThat(this.endpoint.skippedSinceReset()).isEmpty();
		this.endpoint.skipped(SkipReason.BUSY);
		this.endpoint.skipped(SkipReason.ASYNC);
		assertThat(this.endpoint.skippedSinceReset()).containsOnly(Map.entry(SkipReason.BUSY, 1L),
				Map.entry(SkipReason.ASYNC, 1L));
		assertThat(this.endpoint.skippedCount(SkipReason.BUSY)).isEqualTo(2);
	}

	@Test
	void namesReasonsForMeters() {
		assertThat(SkipReason.VIRTUAL_THREAD.id()).isEqualTo("virtual-thread");
	}

	@Test
	void isRegisteredOnceForEachName() {
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		ProfiledEndpoint stock = endpoints.register("stock", () -> 0);
		ProfiledEndpoint orders = endpoints.register("orders", () -> 0);
		assertThat(endpoints.register("stock", () -> 1)).isSameAs(stock);
		assertThat(endpoints.find("orders")).isSameAs(orders);
		assertThat(endpoints.find("x")).isNull();
		assertThat(endpoints.all()).containsExactly(orders, stock);
	}

}
