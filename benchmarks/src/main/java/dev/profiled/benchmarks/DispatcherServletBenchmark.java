package dev.profiled.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
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

/**
 * A request through the real {@link DispatcherServlet}, without sockets and filters. To
 * compare the arms, run {@link DispatcherServletComparison}, which interleaves them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(5)
@State(Scope.Benchmark)
public class DispatcherServletBenchmark {

	@Param({ "BARE", "CONTROL", "LOADED", "UNANNOTATED", "ANNOTATED" })
	public Arm arm;

	@Param({ "/empty", "/report", "/list" })
	public String path;

	private final MockServletContext servletContext = new MockServletContext();

	private ConfigurableApplicationContext context;

	private DispatcherServlet servlet;

	@Setup(Level.Trial)
	public void start() throws Exception {
		SpringApplication application = BenchmarkApplication.create(this.arm);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setApplicationContextFactory((type) -> new GenericWebApplicationContext(this.servletContext));
		this.context = application.run("--profiling.harvest-interval=1s");
		this.servlet = this.context.getBean(DispatcherServlet.class);
		this.servlet.init(new MockServletConfig(this.servletContext));
		ArmCheck.awaitReady(this.arm, this.context);
	}

	@Benchmark
	public MockHttpServletResponse request() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(this.servletContext, "GET", this.path);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.servlet.service(request, response);
		if (response.getStatus() != 200) {
			throw new IllegalStateException(this.path + " answered " + response.getStatus());
		}
		return response;
	}

	@TearDown(Level.Trial)
	public void stop() {
		// an empty request in a loop is more often than a thread remembers between
		// harvests
		if (this.arm == Arm.ANNOTATED && !this.path.equals("/empty")) {
			ArmCheck.requireProfiled(this.context);
		}
		this.context.close();
	}

}
