package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecordingDirectory}.
 */
class RecordingDirectoryTests {

	/**
	 * Beyond the largest that Linux gives.
	 */
	private static final long DEAD = 99_999_999;

	@TempDir
	Path parent;

	@Test
	void leavesNothingBehind() throws Exception {
		RecordingDirectory directory = new RecordingDirectory(this.parent.resolve("new"));
		Files.createFile(directory.newRecording());
		directory.delete();
		assertThat(this.parent.resolve("new")).isEmptyDirectory();
	}

	@Test
	void deletesWhatADeadProcessLeftLongAgo() throws Exception {
		Path left = left(DEAD, Duration.ofHours(2));
		new RecordingDirectory(this.parent).newRecording();
		assertThat(left).doesNotExist();
	}

	@Test
	void keepsWhatWasUsedLately() throws Exception {
		Path left = left(DEAD, Duration.ofMinutes(50));
		new RecordingDirectory(this.parent).newRecording();
		assertThat(left.resolve("session.jfr")).exists();
	}

	@Test
	void keepsWhatALivingProcessHas() throws Exception {
		Path left = left(ProcessHandle.current().pid(), Duration.ofHours(2));
		new RecordingDirectory(this.parent).newRecording();
		assertThat(left.resolve("session.jfr")).exists();
	}

	@Test
	void keepsWhatIsNotItsOwn() throws Exception {
		Path left = left(DEAD, Duration.ofHours(2));
		Path other = Files.createFile(left.resolve("notes.txt"));
		touch(other, Duration.ofHours(2));
		Path another = Files.createDirectory(this.parent.resolve("profiled-notes"));
		touch(another, Duration.ofHours(2));
		new RecordingDirectory(this.parent).newRecording();
		assertThat(other).exists();
		assertThat(another).exists();
	}

	@Test
	void keepsWhatNoProcessCanHaveLeft() throws Exception {
		Path left = Files.createDirectory(this.parent.resolve("profiled-12345678901234567890-1"));
		touch(left, Duration.ofHours(2));
		new RecordingDirectory(this.parent).newRecording();
		assertThat(left).exists();
	}

	@Test
	void keepsWhatALinkLeadsTo() throws Exception {
		Path elsewhere = Files.createDirectory(this.parent.resolve("elsewhere"));
		Path file = Files.createFile(elsewhere.resolve("theirs.jfr"));
		touch(file, Duration.ofHours(2));
		touch(elsewhere, Duration.ofHours(2));
		Path link = Files.createSymbolicLink(this.parent.resolve("profiled-" + DEAD + "-1"), elsewhere);
		new RecordingDirectory(this.parent).newRecording();
		assertThat(file).exists();
		assertThat(link).isSymbolicLink();
	}

	@Test
	void refusesNamesThatTheProfilerWouldReadOtherwise() {
		RecordingDirectory directory = new RecordingDirectory(this.parent.resolve("a,b"));
		assertThatExceptionOfType(ProfilerUnavailableException.class).isThrownBy(directory::newRecording)
			.withMessageContaining("comma");
	}

	private Path left(long pid, Duration ago) throws IOException {
		Path directory = Files.createDirectory(this.parent.resolve("profiled-" + pid + "-1"));
		touch(Files.createFile(directory.resolve("session.jfr")), ago);
		touch(directory, ago);
		return directory;
	}

	private static void touch(Path path, Duration ago) throws IOException {
		Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(ago)));
	}

}
