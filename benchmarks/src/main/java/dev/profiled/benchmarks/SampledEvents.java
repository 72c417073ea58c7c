package dev.profiled.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.profiled.benchmarks.report.Ratios;
import dev.profiled.benchmarks.report.Report;
import dev.profiled.benchmarks.report.Turns;
import dev.profiled.engine.EngineOptions;
import dev.profiled.engine.WallOptions;

/**
 * Shows what it costs to sample allocations and locks beside CPU time, by their
 * intervals, for {@link SmallRequests} that are all profiled. One JVM is under load all
 * the time while the engine is started and closed in it, so that what the compiler made
 * of it is the same for all. Each turn has one harvest, and its CPU time is in the
 * figures; that of the JIT compiler is not. System properties: {@code rounds},
 * {@code millis} (of a turn), {@code warmup} (in seconds).
 */
public final class SampledEvents {

	private static final int ROUNDS = Integer.getInteger("rounds", 20);

	private static final int MILLIS = Integer.getInteger("millis", 1500);

	private static final int WARM_UP = Integer.getInteger("warmup", 30);

	// what starting a session costs is not what having one costs
	private static final int SETTLE = 300;

	private static final Duration CPU = Duration.ofNanos(19_236_000);

	private static final Duration NO_HARVEST = Duration.ofMinutes(1);

	private static final String OFF = "no session";

	private static final String CONTROL = "no session, again (control)";

	private static final String ALONE = new Arm(0, 0).toString();

	/**
	 * Beside CPU time: kilobytes between two samples of allocations, and µs between two
	 * of locks. The short intervals tell what a sample costs.
	 */
	private static final List<Arm> ARMS = List.of(new Arm(0, 0), new Arm(32, 0), new Arm(128, 0), new Arm(512, 0),
			new Arm(1024, 0), new Arm(2048, 0), new Arm(0, 10), new Arm(0, 1_000), new Arm(0, 10_000));

	private final Map<String, EngineOptions> arms = new LinkedHashMap<>();

	private final Map<String, List<Double>> cpu = new LinkedHashMap<>();

	private final Map<String, Long> samples = new LinkedHashMap<>();

	private final Map<String, Long> served = new LinkedHashMap<>();

	private SampledEvents() {
		this.arms.put(OFF, null);
		this.arms.put(CONTROL, null);
		ARMS.forEach((arm) -> this.arms.put(arm.toString(), arm.options()));
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		SampledEvents benchmark = new SampledEvents();
		try (SmallRequests requests = new SmallRequests()) {
			benchmark.warmUp(requests);
			Turns.take(ROUNDS, benchmark.arms.keySet(), (arm) -> benchmark.measure(arm, requests));
		}
		benchmark.report();
	}

	// The harvester has little to do, so that it takes long until its code is compiled.
	private void warmUp(SmallRequests requests) throws InterruptedException {
		requests.arm(new Arm(64, 100).options());
		long end = System.nanoTime() + Duration.ofSeconds(WARM_UP).toNanos();
		while (System.nanoTime() - end < 0) {
			Thread.sleep(100);
			requests.harvest();
		}
		requests.disarm();
	}

	private void measure(String arm, SmallRequests requests) throws IOException, InterruptedException {
		EngineOptions options = this.arms.get(arm);
		if (options != null) {
			requests.arm(options);
		}
		System.gc();
		Thread.sleep(SETTLE);
		requests.harvest();
		long samples = requests.samples();
		long served = requests.served();
		ProcessCpu before = ProcessCpu.now();
		Thread.sleep(MILLIS);
		requests.harvest();
		ProcessCpu used = ProcessCpu.now().since(before);
		served = requests.served() - served;
		this.cpu.computeIfAbsent(arm, (key) -> new ArrayList<>()).add(used.withoutCompiler() / 1e3 / served);
		this.served.merge(arm, served, Long::sum);
		this.samples.merge(arm, requests.samples() - samples, Long::sum);
		requests.disarm();
	}

	private void report() throws IOException {
		Report report = new Report("sampled-events",
				"java -cp benchmarks/target/benchmarks.jar " + SampledEvents.class.getName());
		report.line("");
		report
			.line("%d turns of %d ms each; CPU of the process without the compiler in µs per request. Ratios are of the "
					+ "same round, as mean ± twice the standard error: to the mean of both without a session, and to "
					+ "the session that samples CPU time alone.", ROUNDS, MILLIS);
		report.header("", "CPU", "to no session", "to CPU alone", "samples per 1000 requests");
		List<Double> bare = Ratios.means(values(OFF), values(CONTROL));
		this.arms.keySet().forEach((arm) -> {
			List<Double> cpu = values(arm);
			report.row(arm, "%.1f".formatted(Ratios.median(cpu)), Ratios.of(cpu, bare).meanAndError(),
					Ratios.of(cpu, values(ALONE)).meanAndError(),
					"%.1f".formatted(1000.0 * this.samples.get(arm) / this.served.get(arm)));
		});
		report.publish();
	}

	private List<Double> values(String arm) {
		return this.cpu.getOrDefault(arm, List.of());
	}

	/**
	 * A session, by its intervals; 0 is off.
	 *
	 * @param kilobytes between allocation samples
	 * @param micros of blocked time between lock samples
	 */
	private record Arm(int kilobytes, int micros) {

		EngineOptions options() {
			return new EngineOptions(CPU, false, this.kilobytes * 1024L, Duration.ofNanos(this.micros * 1000L),
					NO_HARVEST, Duration.ofDays(1), null, WallOptions.OFF);
		}

		@Override
		public String toString() {
			return "CPU" + ((this.kilobytes > 0) ? ", allocations " + this.kilobytes + " KB" : "")
					+ ((this.micros > 0) ? ", locks " + this.micros + " us" : "");
		}

	}

}
