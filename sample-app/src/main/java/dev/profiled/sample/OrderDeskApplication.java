package dev.profiled.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Order desk: a small shop back office with six endpoints worth a flame graph.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class OrderDeskApplication {

	public static void main(String[] args) {
		SpringApplication.run(OrderDeskApplication.class, args);
	}

}
