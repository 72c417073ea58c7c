package dev.profiled.sample;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Where this application can be reached by itself.
 */
@Component
public class LocalServer {

	private final Environment environment;

	LocalServer(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return the address of the running server. It is asked for at each use, because the
	 * port is only known once the server listens, and a test lets the system choose it.
	 * @return the address, without a slash at the end
	 */
	public String address() {
		return "http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port");
	}

}
