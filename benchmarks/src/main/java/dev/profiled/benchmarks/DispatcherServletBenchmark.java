package dev.profiled.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import one.profiler.AsyncProfiler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.ArmCheck;
import dev.profiled.benchmarks.app.BenchmarkApplication;
import dev.profiled.engine.ProfilerEngine;

/**
 * Requests through the real {@link DispatcherServlet}, without sockets and filters. A
 * round has every arm, one after the other in the same JVM, in another order each time:
 * the applications differ, while the machine code of what they have in common is the
 * same, so that a difference between two JVMs is not taken for one between two arms. The
 * profiler's library is loaded in all of them. What counts is the CPU time of the whole
 * process, see {@link DispatcherServletComparison}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 6)
@Fork(3)
@State(Scope.Benchmark)
public class DispatcherServletBenchmark {

	static final List<Arm> ARMS = List.of(Arm.BARE, Arm.CONTROL, Arm.ARMED, Arm.ANNOTATED);

	/**
	 * What each arm took in the latest round.
	 */
	static final Map<Arm, Turn> ROUND = Collections.synchronizedMap(new EnumMap<>(Arm.class));

	/**
	 * The first harvest comes a second after the session was armed.
	 */
	private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(1500);

	/**
	 * As long as it is between two harvests, so that each turn has one.
	 */
	private static final long TURN = TimeUnit.SECONDS.toNanos(5);

	private static final int HARVESTS = 300;

	private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(20);

	@Param({ "/report", "/list" })
	public String path;

	private final Random random = new Random(42);

	// The harvester has little to do, so that in an application it takes long until its
	// code is compiled; here that must not be in the figures.
	@Setup
	public void warmUpHarvester() throws Exception {
		AsyncProfiler.getInstance();
		inApplication(Arm.ANNOTATED, (context, server) -> {
			for (int harvest = 0; harvest < HARVESTS; harvest++) {
				server.serve(WARM_UP);
				context.getBean(ProfilerEngine.class).harvest(Duration.ofSeconds(10));
			}
			return HARVESTS;
		});
	}

	@Benchmark
	public Map<Arm, Turn> round() throws Exception {
		List<Arm> order = new ArrayList<>(ARMS);
		Collections.shuffle(order, this.random);
		for (Arm arm : order) {
			ROUND.put(arm, turn(arm));
		}
		return ROUND;
	}

	private Turn turn(Arm arm) throws Exception {
		return inApplication(arm, (context, server) -> {
			// what starting an application leaves behind is nobody's
			System.gc();
			server.serve(SETTLE);
			ProcessCpu before = ProcessCpu.now();
			long requests = server.serve(TURN);
			ProcessCpu used = ProcessCpu.now().since(before);
			if (arm == Arm.ANNOTATED) {
				ArmCheck.requireProfiled(context);
			}
			return new Turn(used.total() / 1e3 / requests, used.withoutCompiler() / 1e3 / requests);
		});
	}

	private <T> T inApplication(Arm arm, Work<T> work) throws Exception {
		MockServletContext servletContext = new MockServletContext();
		SpringApplication application = BenchmarkApplication.create(arm);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setApplicationContextFactory((type) -> new GenericWebApplicationContext(servletContext));
		try (ConfigurableApplicationContext context = application.run("--profiling.harvest-interval=5s")) {
			DispatcherServlet servlet = context.getBean(DispatcherServlet.class);
			servlet.init(new MockServletConfig(servletContext));
			ArmCheck.awaitArmed(arm, context);
			return work.in(context, (nanos) -> serve(servlet, servletContext, nanos));
		}
	}

	private long serve(DispatcherServlet servlet, MockServletContext servletContext, long nanos) throws Exception {
		long end = System.nanoTime() + nanos;
		long requests = 0;
		while (System.nanoTime() - end < 0) {
			MockHttpServletResponse response = new MockHttpServletResponse();
			servlet.service(new MockHttpServletRequest(servletContext, "GET", this.path), response);
			if (response.getStatus() != 200) {
				throw new IllegalStateException(this.path + " answered " + response.getStatus());
			}
			requests++;
		}
		return requests;
	}

	/**
	 * What is done with an application.
	 *
	 * @param <T> what comes of it
	 */
	private interface Work<T> {

		T in(ApplicationContext context, Requests server) throws Exception;

	}

	/**
	 * Serves requests for some time.
	 */
	private interface Requests {

		long serve(long nanos) throws Exception;

	}

	/**
	 * The CPU time of a request, in µs.
	 *
	 * @param all of the whole process
	 * @param withoutCompiler without the threads that compile
	 */
	public record Turn(double all, double withoutCompiler) {
	}

}
