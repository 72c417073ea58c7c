package dev.profiled.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file system of its own, in memory. A test that cannot have one is skipped.
 */
final class Tmpfs implements AutoCloseable {

	private final Path path;

	private Tmpfs(Path path) {
		this.path = path;
	}

	static Tmpfs mount(Path path, String options) throws IOException {
		Files.createDirectories(path);
		Assumptions.assumeTrue(Command.succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()),
				"needs Linux and the right to mount a file system: run the tests as root");
		return new Tmpfs(path);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Leave no room.
	 * @return a file to delete to have room again
	 */
	Path fill() throws IOException {
		Path filler = this.path.resolve("filler");
		try (OutputStream stream = Files.newOutputStream(filler)) {
			while (true) {
				stream.write(new byte[4096]);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
		}
		return filler;
	}

	void remount(String options) throws IOException {
		if (!Command.succeeds("mount", "-o", "remount," + options, this.path.toString())) {
			throw new IOException("Cannot remount " + this.path);
		}
	}

	@Override
	public void close() throws IOException {
		if (!Command.succeeds("umount", this.path.toString())) {
			throw new IOException("Cannot unmount " + this.path);
		}
	}

}
