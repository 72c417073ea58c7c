package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.profiled.benchmarks.app.Arm;

/**
 * The servers of one launch.
 */
final class Servers implements AutoCloseable {

	private static final List<String> JVM_ARGUMENTS = List
		.of(System.getProperty("jvm", "-Xms512m -Xmx512m -XX:+AlwaysPreTouch").trim().split("\\s+"));

	private final Map<Arm, ServerProcess> servers = new EnumMap<>(Arm.class);

	ServerProcess start(Arm arm) throws IOException, InterruptedException {
		System.out.println("Starting " + arm);
		ServerProcess server = ServerProcess.start(arm, JVM_ARGUMENTS);
		this.servers.put(arm, server);
		return server;
	}

	ServerProcess get(Arm arm) {
		ServerProcess server = this.servers.get(arm);
		if (server == null) {
			throw new IllegalStateException("There is no server " + arm);
		}
		return server;
	}

	@Override
	public void close() {
		this.servers.values().forEach(ServerProcess::close);
	}

}
