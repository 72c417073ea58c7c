package dev.profiled.admin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A line of Spring Boot, with the Spring Boot Admin that belongs to it.
 */
enum BootLine {

	BOOT_3_5("boot-3.5"),

	BOOT_4_1("boot-4.1");

	private final Path module;

	BootLine(String module) {
		this.module = Path.of("..", module, "target").toAbsolutePath().normalize();
	}

	String classPath() {
		try {
			return this.module.resolve("classes") + File.pathSeparator
					+ Files.readString(this.module.resolve("class-path.txt")).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
