package dev.profiled.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import one.profiler.AsyncProfiler;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.ArmCheck;
import dev.profiled.benchmarks.app.BenchmarkApplication;
import dev.profiled.benchmarks.app.RequestCounter;

/**
 * One arm as a process. It writes its port to standard output when it is ready, then
 * answers each line it reads, which asks something or is a command of the profiler, with
 * one of its own, and ends with its input: so it does not outlive the process that
 * started it, however that ends.
 */
public final class Server {

	static final String ANSWER = "benchmark: ";

	static final String STATUS = "how many requests were profiled";

	static final String REQUESTS = "how many requests were counted";

	static final String SAMPLES = "how many samples were taken";

	private Server() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Arm arm = Arm.valueOf(args[0]);
		try {
			ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) BenchmarkApplication
				.create(arm)
				// a connection is for the whole of a measurement
				.run("--server.address=127.0.0.1", "--server.port=0", "--server.tomcat.max-keep-alive-requests=-1");
			ArmCheck.awaitReady(arm, context);
			System.out.println("\n" + ANSWER + context.getWebServer().getPort());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				System.out.println("\n" + ANSWER + answer(line, context));
			}
			System.exit(0);
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private static String answer(String line, ApplicationContext context) throws IOException {
		return switch (line) {
			case STATUS -> ArmCheck.describe(context);
			case REQUESTS -> String.valueOf(context.getBean(RequestCounter.class).requests());
			case SAMPLES -> String.valueOf(AsyncProfiler.getInstance().getSamples());
			default -> AsyncProfiler.getInstance().execute(line).lines().findFirst().orElse("");
		};
	}

}
