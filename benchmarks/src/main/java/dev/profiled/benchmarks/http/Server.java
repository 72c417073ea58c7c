package dev.profiled.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

import dev.profiled.benchmarks.app.Arm;
import dev.profiled.benchmarks.app.ArmCheck;
import dev.profiled.benchmarks.app.BenchmarkApplication;

/**
 * One arm as a process. It writes its port to standard output when it is ready, then
 * answers each line it reads with one that says what was profiled, and ends with its
 * input: so it does not outlive the process that started it, however that ends.
 */
public final class Server {

	static final String ANSWER = "benchmark: ";

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
			while (in.readLine() != null) {
				System.out.println("\n" + ANSWER + ArmCheck.describe(context));
			}
			System.exit(0);
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

}
