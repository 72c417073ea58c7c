package dev.profiled.admin;

import java.io.IOException;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Ties a program to the test that started it: says where it listens, and ends when the
 * test does.
 */
public final class Lifeline {

	private Lifeline() {
	}

	/**
	 * Run an application until nobody is at the other end of standard input any more.
	 * @param application the application
	 * @param arguments its arguments
	 * @throws IOException if standard input cannot be read
	 */
	public static void run(Class<?> application, String... arguments) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(application, arguments)) {
			Environment environment = context.getEnvironment();
			System.out.println("Listening on " + environment.getRequiredProperty("local.server.port"));
			while (System.in.read() >= 0) {
				// what is said does not matter
			}
		}
	}

}
