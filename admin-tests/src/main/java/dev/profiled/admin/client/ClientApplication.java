package dev.profiled.admin.client;

import java.io.IOException;

import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.profiled.admin.Lifeline;

/**
 * An application that registers with Spring Boot Admin.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ClientApplication {

	/**
	 * Run the application.
	 * @param arguments properties
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Lifeline.run(ClientApplication.class, arguments);
	}

}
