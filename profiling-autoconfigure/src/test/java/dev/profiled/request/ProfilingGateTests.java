package dev.profiled.request;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfilingGate}.
 */
class ProfilingGateTests {

	private final ProfilingGate gate = new ProfilingGate();

	private final AtomicInteger demands = new AtomicInteger();

	@Test
	void isClosedAtFirst() {
		assertThat(this.gate.state()).isEqualTo(ProfilingGate.State.CLOSED);
		this.gate.demand();
	}

	@Test
	void passesADemandOnOnceUntilItIsSetAgain() {
		this.gate.onDemand(this.demands::incrementAndGet);
		this.gate.demand();
		this.gate.demand();
		assertThat(this.demands).hasValue(1);
		this.gate.set(ProfilingGate.State.OPEN);
		this.gate.set(ProfilingGate.State.CLOSED);
		this.gate.demand();
		this.gate.demand();
		assertThat(this.demands).hasValue(2);
	}

	@Test
	void isAskedByARequestThatFindsItClosed() {
		this.gate.onDemand(this.demands::incrementAndGet);
		ProfiledEndpoints endpoints = new ProfiledEndpoints();
		RequestProfiler profiler = new RequestProfiler(this.gate, new ProfilingSlots(1, endpoints));
		ProfiledEndpoint endpoint = endpoints.register("orders", () -> 0);
		for (int i = 0; i < 3; i++) {
			assertThat(profiler.open(endpoint, false)).isNull();
		}
		assertThat(this.demands).hasValue(1);
	}

	@Test
	void isAskedOnceByManyThreads() throws Exception {
		this.gate.onDemand(this.demands::incrementAndGet);
		Thread[] threads = new Thread[8];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(this.gate::demand);
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.demands).hasValue(1);
	}

}
