package dev.profiled.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HarvesterThreadTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final HarvesterThread harvesterThread = new HarvesterThread();

	private final AtomicReference<Thread> thread = new AtomicReference<>();

	private final AtomicBoolean done = new AtomicBoolean();

	@Test
	void goesOnWhenATaskFails() throws Exception {
		assertThat(this.harvesterThread.run(() -> {
			throw new IllegalStateException("on purpose");
		}, LONG)).isTrue();
		assertThat(this.harvesterThread.run(() -> this.done.set(true), LONG)).isTrue();
		assertThat(this.done).isTrue();
		end();
	}

	@Test
	void doesOneThingLaterInsteadOfTheOther() throws Exception {
		AtomicBoolean first = new AtomicBoolean();
		this.harvesterThread.run(() -> {
			this.harvesterThread.schedule(Duration.ZERO, () -> first.set(true));
			this.harvesterThread.schedule(Duration.ZERO, () -> this.done.set(true));
		}, LONG);
		// comes after what was due before
		this.harvesterThread.run(() -> {
		}, LONG);
		assertThat(this.done).isTrue();
		assertThat(first).isFalse();
		end();
	}

	@Test
	void whatIsDueWhenItEndsIsNotDone() throws Exception {
		this.harvesterThread.run(() -> {
			this.thread.set(Thread.currentThread());
			this.harvesterThread.schedule(Duration.ZERO, () -> this.done.set(true));
			this.harvesterThread.end();
		}, LONG);
		this.thread.get().join(LONG.toMillis());
		assertThat(this.thread.get().isAlive()).isFalse();
		assertThat(this.done).isFalse();
		assertThat(this.harvesterThread.run(() -> this.done.set(true), LONG)).isFalse();
		assertThat(this.done).isFalse();
	}

	private void end() throws InterruptedException {
		this.harvesterThread.run(() -> {
			this.thread.set(Thread.currentThread());
			this.harvesterThread.end();
		}, LONG);
		this.thread.get().join(LONG.toMillis());
		assertThat(this.thread.get().isAlive()).isFalse();
	}

}
