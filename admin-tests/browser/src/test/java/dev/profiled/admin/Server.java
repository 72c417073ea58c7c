package dev.profiled.admin;

import java.util.List;

/**
 * A Spring Boot Admin server as operators have it: as open as can be, or as closed. Their
 * cookies differ in their paths, since all are on the same host.
 */
enum Server {

	OPEN_4_1(BootLine.BOOT_4_1, "", false),

	OPEN_3_5(BootLine.BOOT_3_5, "", false),

	STRICT_4_1(BootLine.BOOT_4_1, "/ops", true),

	STRICT_3_5(BootLine.BOOT_3_5, "/old", true);

	private static final String ADMIN_PATH = "/admin";

	private final BootLine line;

	private final String contextPath;

	private final boolean strict;

	Server(BootLine line, String contextPath, boolean strict) {
		this.line = line;
		this.contextPath = contextPath;
		this.strict = strict;
	}

	BootLine line() {
		return this.line;
	}

	/**
	 * Return whether it wants a login, and has a strict Content-Security-Policy.
	 * @return whether it is strict
	 */
	boolean isStrict() {
		return this.strict;
	}

	/**
	 * Return where Spring Boot Admin is mounted.
	 * @return a path without a slash at its end
	 */
	String path() {
		return this.strict ? this.contextPath + ADMIN_PATH : "";
	}

	List<String> properties() {
		return this.strict ? List.of("server.servlet.context-path=" + this.contextPath,
				"spring.boot.admin.context-path=" + ADMIN_PATH, "app.secured=true",
				"app.content-security-policy=default-src 'self'") : List.of();
	}

}
