package dev.profiled.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar by itself, as the documentation says.
 */
class JarIT {

	@TempDir
	Path directory;

	@Test
	void theJarNeedsNothingElse() throws Exception {
		Path stacks = Files.writeString(this.directory.resolve("stacks.txt"), "com.example.Main.run 2\n");
		Path svg = this.directory.resolve("graph.svg");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				jar().toString(), "--output", svg.toString(), stacks.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor()).isZero();
		assertThat(svg).content().startsWith("<?xml").contains("com.example.Main.run (2 samples, 100.00%)");
	}

	private static Path jar() throws Exception {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files
				.filter((file) -> file.getFileName().toString().matches("profiling-cli-[\\w.-]+\\.jar"))
				.toList();
			assertThat(jars).hasSize(1);
			return jars.get(0);
		}
	}

}
