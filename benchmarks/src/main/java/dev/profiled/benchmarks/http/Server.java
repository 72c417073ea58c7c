package dev.profiled.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import one.profiler.AsyncProfiler;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.ArmCheck;
import dev.profiled.benchmarks.app.BenchmarkApplication;
import dev.profiled.benchmarks.app.RequestCounter;
import dev.profiled.engine.ProfilerEngine;

/**
 * One arm at a time as a process. It writes its port to standard output when it is ready,
 * then answers each line it reads, which asks something or is a command of the profiler,
 * with one of its own, and ends with its input: so it does not outlive the process that
 * started it, however that ends.
 */
public final class Server {

	static final String ANSWER = "benchmark: ";

	static final String STATUS = "how many requests were profiled";

	static final String REQUESTS = "how many requests were counted";

	static final String SAMPLES = "how many samples were taken";

	static final String STATE = "what state is the session in";

	/**
	 * Followed by the name of an arm and arguments of the application, with spaces
	 * between them: the application is closed, and that of the arm is started in the same
	 * JVM. The answer is its port.
	 */
	static final String SERVE = "serve ";

	/**
	 * Followed by a number: so many threads are started that live on and do nothing.
	 */
	static final String THREADS = "threads ";

	private ServletWebServerApplicationContext context;

	private Server(Arm arm) throws InterruptedException {
		start(arm);
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Arm arm = Arm.valueOf(args[0]);
		try {
			Server server = new Server(arm);
			ArmCheck.requireLibrary(arm);
			System.out.println("\n" + ANSWER + server.port());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				System.out.println("\n" + ANSWER + server.answer(line));
			}
			System.exit(0);
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private void start(Arm arm, String... arguments) throws InterruptedException {
		List<String> all = new ArrayList<>(List.of(arguments));
		// a connection is for the whole of a measurement
		Collections.addAll(all, "--server.address=127.0.0.1", "--server.port=0",
				"--server.tomcat.max-keep-alive-requests=-1");
		this.context = (ServletWebServerApplicationContext) BenchmarkApplication.create(arm)
			.run(all.toArray(String[]::new));
		ArmCheck.awaitArmed(arm, this.context);
	}

	private int port() {
		return this.context.getWebServer().getPort();
	}

	private String answer(String line) throws IOException, InterruptedException {
		if (line.startsWith(SERVE)) {
			this.context.close();
			String[] words = line.substring(SERVE.length()).split(" ");
			start(Arm.valueOf(words[0]), Arrays.copyOfRange(words, 1, words.length));
			return String.valueOf(port());
		}
		if (line.startsWith(THREADS)) {
			return startThreads(Integer.parseInt(line.substring(THREADS.length())));
		}
		return switch (line) {
			case STATUS -> ArmCheck.describe(this.context);
			case STATE -> this.context.getBean(ProfilerEngine.class).status().state().name();
			case REQUESTS -> String.valueOf(this.context.getBean(RequestCounter.class).requests());
			case SAMPLES -> String.valueOf(AsyncProfiler.getInstance().getSamples());
			default -> AsyncProfiler.getInstance().execute(line).lines().findFirst().orElse("");
		};
	}

	private static String startThreads(int count) {
		CountDownLatch never = new CountDownLatch(1);
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(() -> await(never), "idle-" + i);
			thread.setDaemon(true);
			thread.start();
		}
		return String.valueOf(ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
