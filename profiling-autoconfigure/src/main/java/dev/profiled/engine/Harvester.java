package dev.profiled.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.profiled.attribution.Coverage;
import dev.profiled.attribution.Sample;
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
	static final Duration RETRY = Duration.ofSeconds(5);

	/**
	 * After so many attempts in vain, the next come so many times more rarely.
	 */
	private static final int PATIENCE = 12;

	/**
	 * Soon after arming, so that the status can tell what takes the samples.
	 */
	private static final Duration FIRST_HARVEST = Duration.ofSeconds(1);

	/**
	 * How often requests are followed while there are any: those that have ended are kept
	 * in less room then.
	 */
	private static final Duration FOLLOWING = Duration.ofSeconds(1);

	/**
	 * Past so many requests between two harvests those that come are left where they are,
	 * which is bounded.
	 */
	private static final long MOST_FOLLOWED = 100_000;

	private static @Nullable Harvester shared;

	private static int members;

	private final EngineOptions options;

	private final ProfilerSession session;

	private final Duration retry;

	private final HarvesterThread thread = new HarvesterThread();

	private final HarvestClients clients = new HarvestClients();

	private final Captures captures;

	private final WallClock wall;

	private final HarvestSchedule schedule;

	private volatile HarvestStatistics statistics = HarvestStatistics.NONE;

	private int failures;

	// While the session is not armed and threads are looked at: since when.
	private volatile @Nullable Coverage fallback;

	private long nextAttempt;

	// How many requests have begun since the last harvest, or were under way then.
	private long followed;

	private long lastSettled = System.nanoTime();

	private @Nullable String lastWarning;

	Harvester(EngineOptions options, ProfilerSession session, Duration retry) {
		this.options = options;
		this.session = session;
		this.retry = retry;
		this.captures = new Captures(this.thread, session, this::armOnDemand, this::harvest);
		this.wall = new WallClock(options.wall());
		this.schedule = new HarvestSchedule(options.harvestInterval(), options.idleTimeout(), System.nanoTime());
	}

	static synchronized Harvester join(EngineOptions options, ProfilerLoader loader, Duration retry) {
		if (shared == null) {
			shared = new Harvester(options, new ProfilerSession(options, loader, new ProfilerOwnership()), retry);
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
			this.wall.watch(client.requests());
			client.gate().onDemand(() -> this.thread.execute(this::armOnDemand));
			this.schedule.used(System.nanoTime());
			if (this.session.isArmed() || this.fallback != null) {
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
			this.wall.unwatch(client.requests(), this.clients.requests());
		}, Duration.ofSeconds(5));
	}

	EngineStatus status() {
		EngineStatus status = this.session.status();
		if (!this.wall.isOn()) {
			return status;
		}
		boolean fallback = this.fallback != null;
		long interval = this.wall.interval();
		return status.with(interval, fallback, this.wall.limits(interval, fallback));
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
			if (this.schedule.isBefore(asked)) {
				harvest();
			}
		}, timeout);
	}

	Captures captures() {
		return this.captures;
	}

	private void armOnDemand() {
		if (this.session.status().state() == EngineState.IDLE) {
			this.schedule.used(System.nanoTime());
			arm();
		}
	}

	private void arm() {
		// first, so that a failure is not the end
		Duration retry = this.retry.multipliedBy((this.failures < PATIENCE) ? 1 : PATIENCE);
		this.thread.schedule(retry, this::arm);
		// while it is known what those requests were served by
		settle();
		this.session.arm();
		this.failures = (this.session.status().state() == EngineState.UNAVAILABLE) ? this.failures + 1 : 0;
		if (this.session.isArmed()) {
			this.fallback = null;
			this.wall.approximateCpu(false);
			announce();
			this.thread.schedule(FIRST_HARVEST, this::tick);
		}
		else {
			waitFor(retry);
		}
	}

	// The session is not armed, and is to be in a while, if that is possible.
	private void waitFor(Duration retry) {
		this.nextAttempt = System.nanoTime() + retry.toNanos();
		if (this.wall.isOn()) {
			if (this.fallback == null) {
				this.fallback = new Coverage(System.nanoTime(), Coverage.OPEN);
				this.wall.approximateCpu(true);
			}
			this.thread.schedule(shorter(retry, this.options.harvestInterval()), this::fallbackTick);
		}
		else if (this.session.canHeal()) {
			this.thread.schedule(retry, this::arm);
		}
		else {
			this.thread.cancel();
		}
		announce();
	}

	private void fallbackTick() {
		this.thread.schedule(shorter(this.retry, this.options.harvestInterval()), this::fallbackTick);
		if (this.session.canHeal() && System.nanoTime() - this.nextAttempt >= 0) {
			arm();
		}
		else {
			settle();
		}
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	// Without samples of the session: counts requests that ended after it did.
	private void settle() {
		distribute(List.of());
	}

	private void tick() {
		long now = System.nanoTime();
		// first, as when arming
		this.thread.schedule(this.options.harvestInterval(), this::tick);
		keepForCaptures(now);
		if (follow()) {
			this.thread.schedule(shorter(FOLLOWING, this.options.harvestInterval()), this::tick);
		}
		if (!this.schedule.isTime(this.session.coverage().from(), now)) {
			return;
		}
		if (isDue() || isIdle()) {
			harvest();
		}
		if (this.session.isArmed() && isIdle()) {
			this.thread.cancel();
			distribute(this.session.disarm());
			announce();
		}
	}

	// Whether requests have begun since the last time.
	private boolean follow() {
		long before = this.followed;
		if (before < MOST_FOLLOWED) {
			this.followed = this.clients.follow();
		}
		return this.followed != before || before >= MOST_FOLLOWED;
	}

	private void keepForCaptures(long now) {
		this.captures.removeOverdue(now);
		if (!this.captures.isEmpty()) {
			this.schedule.used(now);
		}
	}

	private boolean isDue() {
		return this.schedule.isDue(this.followed, this.wall.size(), this.session.coverage().from(), System.nanoTime())
				|| this.session.isDue();
	}

	private boolean isIdle() {
		return this.schedule.isIdle(System.nanoTime());
	}

	private void harvest() {
		if (!this.session.isArmed()) {
			settle();
			return;
		}
		long start = System.nanoTime();
		this.schedule.harvested(start);
		List<JfrChunk> chunks = this.session.harvest();
		EngineState state = this.session.status().state();
		boolean failed = state == EngineState.UNAVAILABLE || state == EngineState.SUSPENDED;
		try {
			distribute(chunks);
			this.statistics = this.statistics.harvested(System.nanoTime() - start, failed);
		}
		finally {
			if (failed) {
				waitFor(this.retry);
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

	private void distribute(List<JfrChunk> chunks) {
		this.followed = 0;
		List<Sample> samples = new ArrayList<>(this.wall.take());
		long others = 0;
		for (JfrChunk chunk : chunks) {
			samples.addAll(chunk.samples());
			others += chunk.otherSamples();
		}
		this.captures.take(samples);
		Coverage fallback = this.fallback;
		Coverage coverage = (fallback != null) ? fallback : this.session.coverage();
		long start = !chunks.isEmpty() ? chunks.get(0).start()
				: (fallback != null) ? this.lastSettled : coverage.from();
		this.lastSettled = System.nanoTime();
		long unattributed = this.clients.distribute(samples, coverage, start, this.wall.sampling(fallback != null));
		if (this.clients.used()) {
			this.schedule.used(System.nanoTime());
		}
		this.statistics = this.statistics.distributed(unattributed + others,
				this.session.skipped() + this.wall.skipped());
	}

	private void announce() {
		EngineStatus status = status();
		ProfilingGate.State gate = switch (status.state()) {
			case ARMED -> ProfilingGate.State.OPEN;
			case IDLE, ARMING, OFF -> ProfilingGate.State.CLOSED;
			case FALLBACK -> ProfilingGate.State.OPEN;
			case SUSPENDED, UNAVAILABLE -> ProfilingGate.State.UNAVAILABLE;
		};
		this.clients.gate(gate);
		String message = status.message();
		if (message != null && !message.equals(this.lastWarning)) {
			this.lastWarning = message;
			logger.log(System.Logger.Level.WARNING, "{0}: {1} {2}",
					(this.fallback != null) ? "CPU time is profiled only roughly" : "Requests are not profiled",
					message, status.advice());
		}
	}

	// Whether or not the caller can wait for it, the session is ended.
	void close() {
		this.thread.run(() -> {
			try {
				this.clients.gate(ProfilingGate.State.UNAVAILABLE);
				this.session.close();
			}
			finally {
				this.clients.requests().forEach((requests) -> requests.watch(null));
				this.wall.close();
				this.thread.end();
			}
		}, Duration.ofSeconds(10));
	}

}
