package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The directory of the recordings cannot be used, or no longer: requests go on, the
 * status says why, and profiling resumes when that is mended.
 */
@Tag("any-jdk")
class DirectoryFaultsIT {

	@TempDir
	Path directory;

	@Test
	void whenTheDiskIsFullThenRequestsGoOnAndTheStatusSaysSo() throws IOException {
		try (Tmpfs disk = Tmpfs.mount(this.directory.resolve("disk"), "size=4m");
				ProfiledWork app = app(disk.path()).start();
				Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			Path filler = disk.fill();
			EngineStatus status = app.awaitState(EngineState.UNAVAILABLE);
			assertThat(status.message()).isEqualTo("The disk of " + disk.path() + " is full.");
			assertThat(status.advice()).contains("tried again");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			Files.delete(filler);
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
			assertThat(traffic.skipped(SkipReason.ARMING)).isPositive();
		}
	}

	@Test
	void whenTheDiskIsFullAtTheStartThenProfilingBeginsAsSoonAsItHasGrown() throws IOException {
		try (Tmpfs disk = Tmpfs.mount(this.directory.resolve("disk"), "size=4m")) {
			disk.fill();
			try (ProfiledWork app = app(disk.path()); Traffic traffic = new Traffic(app, "orders")) {
				app.engine().start();
				EngineStatus status = app.awaitState(EngineState.UNAVAILABLE);
				assertThat(status.message()).contains(disk.path() + " cannot be used");
				assertThat(status.advice()).contains("profiling.directory");
				traffic.isSkipped(SkipReason.UNAVAILABLE);
				disk.remount("size=16m");
				app.awaitState(EngineState.ARMED);
				traffic.isProfiled();
			}
		}
	}

	@Test
	void whenTheDirectoryCannotBeWrittenToThenProfilingBeginsAsSoonAsItCan() throws IOException {
		try (Tmpfs disk = Tmpfs.mount(this.directory.resolve("disk"), "size=16m,ro");
				ProfiledWork app = app(disk.path());
				Traffic traffic = new Traffic(app, "orders")) {
			app.engine().start();
			EngineStatus status = app.awaitState(EngineState.UNAVAILABLE);
			assertThat(status.message()).contains(disk.path() + " cannot be used", "Read-only file system");
			assertThat(status.advice()).contains("profiling.directory");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			disk.remount("rw");
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
		}
	}

	@Test
	void whenTheDirectoryIsAFileThenTheStatusSaysSo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		try (ProfiledWork app = app(file); Traffic traffic = new Traffic(app, "orders")) {
			app.engine().start();
			assertThat(app.awaitState(EngineState.UNAVAILABLE).message()).contains(file + " cannot be used");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			Files.delete(file);
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
		}
	}

	@Test
	void whenTheRecordingIsDeletedThenTheStatusSaysSoAndAnotherIsBegun() throws IOException {
		try (ProfiledWork app = app(this.directory).start(); Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			Path recording = recordings().get(0);
			Files.delete(recording);
			EngineStatus status = app.awaitState(EngineState.UNAVAILABLE);
			assertThat(status.message()).isEqualTo("Somebody deleted the recording " + recording + ".");
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
			assertThat(recordings()).containsExactly(recording);
		}
	}

	@Test
	void whenTheDirectoryIsDeletedThenItIsCreatedAnew() throws IOException {
		Path directory = this.directory.resolve("recordings");
		try (ProfiledWork app = app(directory).start(); Traffic traffic = new Traffic(app, "orders")) {
			traffic.isProfiled();
			Path recording = recordings().get(0);
			Files.delete(recording);
			Files.delete(recording.getParent());
			Files.delete(directory);
			assertThat(app.awaitState(EngineState.UNAVAILABLE).message()).contains("deleted", recording.toString());
			traffic.isSkipped(SkipReason.UNAVAILABLE);
			app.awaitState(EngineState.ARMED);
			traffic.isProfiled();
		}
		assertThat(recordings()).isEmpty();
	}

	private List<Path> recordings() {
		return ProfiledWork.recordings(this.directory);
	}

	private static ProfiledWork app(Path directory) {
		return new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(1), directory));
	}

}
