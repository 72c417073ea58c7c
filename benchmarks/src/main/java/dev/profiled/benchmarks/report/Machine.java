package dev.profiled.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine that measurements are made on.
 */
final class Machine {

	private Machine() {
	}

	static String describe() {
		return "%s, %d processors, %s %s, JDK %s".formatted(processor(), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("java.version"));
	}

	private static String processor() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.findFirst()
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.orElse(System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

}
