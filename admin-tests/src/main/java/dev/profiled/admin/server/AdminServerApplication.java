package dev.profiled.admin.server;

import java.io.IOException;

import de.codecentric.boot.admin.server.config.EnableAdminServer;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.profiled.admin.Lifeline;

/**
 * A Spring Boot Admin server.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableAdminServer
public class AdminServerApplication {

	/**
	 * Run the server.
	 * @param arguments properties
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Lifeline.run(AdminServerApplication.class, arguments);
	}

}
