package dev.profiled.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Sample;
import dev.profiled.attribution.Sampling;
import dev.profiled.jfr.JfrChunk;
import dev.profiled.request.ProfilingGate;

/**
 * The one thread that arms, harvests and disarms the session, for all application
 * contexts of this class loader: the first to join brings the options and the last to
 * leave ends it. Thread-safe.
 */
final class Harvester {

	private static final System.Logger logger = System.getLogger(Harvester.class.getName());

	/**
	 * How often what prevents profiling is tried again.
	 */
	private static final Duration RETRY = Duration.ofSeconds(5);

	/**
	 * After so many attempts in vain, the next come so many times more rarely.
	 */
	private static final int PATIENCE = 12;

	/**
	 * Soon after arming, so that the status can tell what takes the samples.
	 */
	private static final Duration FIRST_HARVEST = Duration.ofSeconds(1);

	private static @Nullable Harvester shared;

	private static int members;

	private final EngineOptions options;

	private final ProfilerSession session;

	private final Duration retry;

	private final HarvesterThread thread = new HarvesterThread();

	private final List<HarvestClient> clients = new CopyOnWriteArrayList<>();

	private volatile HarvestStatistics statistics = HarvestStatistics.NONE;

	private int failures;

	private long lastUsed = System.nanoTime();

	private long lastHarvest = this.lastUsed;

	private @Nullable String lastWarning;

	Harvester(EngineOptions options, ProfilerSession session) {
		this(options, session, RETRY);
	}

	Harvester(EngineOptions options, ProfilerSession session, Duration retry) {
		this.options = options;
		this.session = session;
		this.retry = retry;
	}

	static synchronized Harvester join(EngineOptions options) {
		if (shared == null) {
			shared = new Harvester(options,
					new ProfilerSession(options, ProfilerLoader.DEFAULT, new ProfilerOwnership()));
		}
		members++;
		return shared;
	}

	static synchronized void leave(Harvester harvester, HarvestClient client) {
		if (harvester == shared && --members == 0) {
			shared = null;
			harvester.close();
		}
		else {
			harvester.remove(client);
		}
	}

	void add(HarvestClient client) {
		this.thread.execute(() -> {
			this.clients.add(client);
			client.gate().onDemand(() -> this.thread.execute(this::armOnDemand));
			this.lastUsed = System.nanoTime();
			if (this.session.isArmed()) {
				client.gate().set(ProfilingGate.State.OPEN);
			}
			else {
				arm();
			}
		});
	}

	private void remove(HarvestClient client) {
		this.thread.run(() -> {
			client.gate().set(ProfilingGate.State.UNAVAILABLE);
			this.clients.remove(client);
		}, Duration.ofSeconds(5));
	}

	EngineStatus status() {
		return this.session.status();
	}

	HarvestStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Harvest what was recorded before this call. Callers at the same time share a
	 * harvest.
	 * @param timeout how long to wait
	 * @return whether it was done in time
	 */
	boolean harvest(Duration timeout) {
		long asked = System.nanoTime();
		return this.thread.run(() -> {
			if (this.lastHarvest - asked < 0) {
				harvest();
			}
		}, timeout);
	}

	private void armOnDemand() {
		if (this.session.status().state() == EngineState.IDLE) {
			this.lastUsed = System.nanoTime();
			arm();
		}
	}

	private void arm() {
		// first, so that a failure is not the end
		this.thread.schedule(this.retry.multipliedBy((this.failures < PATIENCE) ? 1 : PATIENCE), this::arm);
		this.session.arm();
		announce();
		this.failures = (this.session.status().state() == EngineState.UNAVAILABLE) ? this.failures + 1 : 0;
		if (this.session.isArmed()) {
			this.thread.schedule(FIRST_HARVEST, this::tick);
		}
		else {
			if (!this.session.canHeal()) {
				this.thread.cancel();
			}
			settle();
		}
	}

	// Without samples: counts requests that ended after the session did.
	private void settle() {
		distribute(List.of());
	}

	private void tick() {
		// first, as when arming
		this.thread.schedule(this.options.harvestInterval(), this::tick);
		harvest();
		if (this.session.isArmed() && System.nanoTime() - this.lastUsed > this.options.idleTimeout().toNanos()) {
			this.thread.cancel();
			distribute(this.session.disarm());
			announce();
		}
	}

	private void harvest() {
		if (!this.session.isArmed()) {
			settle();
			return;
		}
		this.lastHarvest = System.nanoTime();
		List<JfrChunk> chunks = this.session.harvest();
		EngineState state = this.session.status().state();
		boolean failed = state == EngineState.UNAVAILABLE || state == EngineState.SUSPENDED;
		try {
			distribute(chunks);
			this.statistics = this.statistics.harvested(System.nanoTime() - this.lastHarvest, failed);
		}
		finally {
			if (failed) {
				announce();
				this.thread.schedule(this.retry, this::arm);
			}
			else {
				// should it happen again, that is news
				this.lastWarning = null;
				if (!this.session.isArmed()) {
					arm();
				}
			}
		}
	}

	// Each chunk goes to every context; what none of them claims belongs to nobody.
	private void distribute(List<JfrChunk> chunks) {
		List<Sample> rest = new ArrayList<>();
		long others = 0;
		for (JfrChunk chunk : chunks) {
			rest.addAll(chunk.samples());
			others += chunk.otherSamples();
		}
		long start = chunks.isEmpty() ? this.session.coverage().from() : chunks.get(0).start();
		long epochOffset = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
		for (HarvestClient client : this.clients) {
			try {
				rest = client.attribute(rest);
				if (client.settle(this.session.coverage(), start, epochOffset, Sampling.CPU_ONLY)) {
					this.lastUsed = System.nanoTime();
				}
			}
			catch (Throwable ex) {
				// must not cost the other contexts their samples
				logger.log(System.Logger.Level.WARNING, "The requests of an application could not be harvested", ex);
			}
		}
		this.statistics = this.statistics.distributed(rest.size() + others, this.session.skipped());
	}

	private void announce() {
		EngineStatus status = this.session.status();
		ProfilingGate.State gate = switch (status.state()) {
			case ARMED -> ProfilingGate.State.OPEN;
			case IDLE, ARMING, OFF -> ProfilingGate.State.CLOSED;
			case SUSPENDED, UNAVAILABLE -> ProfilingGate.State.UNAVAILABLE;
		};
		this.clients.forEach((client) -> client.gate().set(gate));
		String message = status.message();
		if (message != null && !message.equals(this.lastWarning)) {
			this.lastWarning = message;
			logger.log(System.Logger.Level.WARNING, "Requests are not profiled: {0} {1}", message, status.advice());
		}
	}

	// Whether or not the caller can wait for it, the session is ended.
	void close() {
		this.thread.run(() -> {
			try {
				this.clients.forEach((client) -> client.gate().set(ProfilingGate.State.UNAVAILABLE));
				this.session.close();
			}
			finally {
				this.thread.end();
			}
		}, Duration.ofSeconds(10));
	}

}
