package dev.profiled.admin;

import java.util.List;

/**
 * An application as operators watch it. Each registers with several servers, so that few
 * have to be started.
 */
enum Application {

	PLAIN_4_1(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1, Server.OPEN_3_5, Server.STRICT_4_1)),

	PLAIN_3_5(BootLine.BOOT_3_5, List.of(Server.OPEN_4_1, Server.OPEN_3_5)),

	SECURED_4_1(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1, Server.STRICT_4_1), "app.secured=true"),

	SECURED_3_5(BootLine.BOOT_3_5, List.of(Server.STRICT_3_5), "app.secured=true"),

	/**
	 * Its management has a port and a path of its own.
	 */
	MANAGED_ELSEWHERE(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1), "management.server.port=0",
			"management.server.address=127.0.0.1", "management.endpoints.web.base-path=/manage"),

	WITHOUT_THE_ENDPOINT(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1),
			"management.endpoints.web.exposure.include=health,info"),

	READ_ONLY_WITHOUT_PROFILER(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1),
			"management.endpoint.flamegraph.access=read-only", "profiling.wall.interval=0"),

	/**
	 * Its threads are looked at all the same.
	 */
	WITHOUT_ASYNC_PROFILER(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1)),

	SHORT_LIVED(BootLine.BOOT_4_1, List.of(Server.OPEN_4_1));

	private final BootLine line;

	private final List<Server> servers;

	private final List<String> properties;

	Application(BootLine line, List<Server> servers, String... properties) {
		this.line = line;
		this.servers = servers;
		this.properties = List.of(properties);
	}

	BootLine line() {
		return this.line;
	}

	List<Server> servers() {
		return this.servers;
	}

	List<String> properties() {
		return this.properties;
	}

	List<String> jvmOptions() {
		return switch (this) {
			case READ_ONLY_WITHOUT_PROFILER, WITHOUT_ASYNC_PROFILER -> List.of("-Done.profiler.extractPath=/proc/none");
			default -> List.of();
		};
	}

}
