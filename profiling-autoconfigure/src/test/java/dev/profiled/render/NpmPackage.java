package dev.profiled.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A program of others, as npm has it.
 */
final class NpmPackage {

	private static final Path DIRECTORY = Path.of("target", "npm");

	private NpmPackage() {
	}

	/**
	 * Install a package, unless it is there since the last time.
	 * @param name the name of the package
	 * @param version the version
	 * @return its directory
	 */
	static Path install(String name, String version) throws IOException, InterruptedException {
		Path directory = Files.createDirectories(DIRECTORY.resolve(name + "-" + version)).toAbsolutePath();
		Path installed = directory.resolve("node_modules").resolve(name);
		if (!Files.exists(installed.resolve("package.json"))) {
			Path log = directory.resolve("npm.log");
			ProcessBuilder npm = new ProcessBuilder("npm", "install", "--no-save", "--ignore-scripts", "--no-audit",
					"--no-fund", name + "@" + version)
				.directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile());
			assertThat(start(npm).waitFor()).as(() -> "npm, see " + log).isZero();
		}
		return installed;
	}

	private static Process start(ProcessBuilder npm) throws IOException {
		try {
			return npm.start();
		}
		catch (IOException ex) {
			assumeTrue(false, "no npm on the PATH");
			throw ex;
		}
	}

}
