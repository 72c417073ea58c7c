package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.profiled.benchmarks.app.Arm;

/**
 * The servers of one launch.
 */
final class Servers implements AutoCloseable {

	private static final List<String> JVM_ARGUMENTS = List
		.of(System.getProperty("jvm", "-Xms512m -Xmx512m -XX:+AlwaysPreTouch").trim().split("\\s+"));

	private final List<ServerProcess> servers = new ArrayList<>();

	ServerProcess start(Arm arm) throws IOException, InterruptedException {
		System.out.println("Starting " + arm);
		ServerProcess server = ServerProcess.start(arm, JVM_ARGUMENTS);
		this.servers.add(server);
		return server;
	}

	ServerProcess get(Arm arm) {
		return this.servers.stream()
			.filter((server) -> server.arm() == arm)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no server " + arm));
	}

	@Override
	public void close() {
		this.servers.forEach(ServerProcess::close);
	}

}
