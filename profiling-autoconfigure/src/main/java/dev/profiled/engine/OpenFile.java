package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file that native code of this process has opened, by its descriptor.
 */
final class OpenFile {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private final Path descriptor;

	private final String target;

	private OpenFile(Path descriptor, String target) {
		this.descriptor = descriptor;
		this.target = target;
	}

	// None if the file is not open, or the platform does not tell.
	static @Nullable OpenFile find(Path file) {
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
			String target = file.toRealPath().toString();
			for (Path descriptor : descriptors) {
				OpenFile open = new OpenFile(descriptor, target);
				if (open.isOpen()) {
					return open;
				}
			}
		}
		catch (IOException ex) {
			// not Linux
		}
		return null;
	}

	// A file that was deleted stays open.
	boolean isOpen() {
		try {
			String link = Files.readSymbolicLink(this.descriptor).toString();
			return link.equals(this.target) || link.equals(this.target + " (deleted)");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
