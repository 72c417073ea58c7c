package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The private directory of this process's recordings, {@code profiled-<pid>-<random>},
 * readable by its owner alone since the profiler creates readable files. What a process
 * that was killed left behind is deleted by the next one.
 */
final class RecordingDirectory {

	private static final Pattern NAME = Pattern.compile("profiled-(\\d{1,18})-\\d+");

	/**
	 * A process in another container may share the directory but not the process numbers:
	 * it touches its recording at every harvest.
	 */
	private static final Duration ABANDONED = Duration.ofHours(1);

	/**
	 * A harvest interval of a busy application needs some 100 kB, of one with very many
	 * distinct stacks several MB.
	 */
	private static final long MIN_SPACE = 1 << 20;

	private final Path parent;

	private @Nullable Path directory;

	RecordingDirectory(@Nullable Path configured) {
		this.parent = (configured != null) ? configured.toAbsolutePath()
				: Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
	}

	/**
	 * Return a path for a new recording.
	 * @return the path, in a directory that exists
	 * @throws ProfilerUnavailableException if the directory cannot be used
	 */
	Path newRecording() throws ProfilerUnavailableException {
		if (!ProfilerCommand.accepts(this.parent)) {
			throw unusable("its name holds a comma, a percent sign or a control character", null);
		}
		try {
			if (this.directory == null || !Files.isDirectory(this.directory)) {
				Files.createDirectories(this.parent);
				deleteAbandoned();
				this.directory = Files.createTempDirectory(this.parent,
						"profiled-" + ProcessHandle.current().pid() + "-",
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			}
			Path file = this.directory.resolve("session.jfr");
			Files.deleteIfExists(file);
			if (isFull()) {
				throw unusable("its disk is full", null);
			}
			return file;
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw unusable(ex.toString(), ex);
		}
	}

	/**
	 * Whether there is hardly any space left. The profiler does not tell.
	 * @return whether the disk is full
	 */
	boolean isFull() {
		try {
			return Files.getFileStore(this.parent).getUsableSpace() < MIN_SPACE;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void delete() {
		if (this.directory != null) {
			delete(this.directory);
			this.directory = null;
		}
	}

	private void deleteAbandoned() {
		try (DirectoryStream<Path> siblings = Files.newDirectoryStream(this.parent, "profiled-*")) {
			for (Path sibling : siblings) {
				if (isAbandoned(sibling)) {
					delete(sibling);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// may be written to, but not listed
		}
	}

	private static boolean isAbandoned(Path directory) {
		Matcher matcher = NAME.matcher(directory.getFileName().toString());
		try {
			return matcher.matches() && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
					&& ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
					&& lastUsed(directory).isBefore(Instant.now().minus(ABANDONED));
		}
		catch (IOException | DirectoryIteratorException ex) {
			// another user's, or gone meanwhile
			return false;
		}
	}

	private static Instant lastUsed(Path directory) throws IOException {
		Instant last = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Instant modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
				last = modified.isAfter(last) ? modified : last;
			}
		}
		return last;
	}

	private static void delete(Path directory) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jfr")) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.deleteIfExists(directory);
		}
		catch (IOException | DirectoryIteratorException ex) {
			// somebody else's file in our directory, or it is gone already: leave it
		}
	}

	@Override
	public String toString() {
		return this.parent.toString();
	}

	private ProfilerUnavailableException unusable(String why, @Nullable Throwable cause) {
		ProfilerUnavailableException exception = new ProfilerUnavailableException(
				ProfilerUnavailableException.Cause.ENVIRONMENT,
				"The directory " + this.parent + " cannot be used for recordings: " + why + ".",
				"Set profiling.directory to a directory that this process can write to and that has space left.");
		if (cause != null) {
			exception.initCause(cause);
		}
		return exception;
	}

}
