package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The native library cannot be extracted or loaded.
 */
class NativeLibraryIT {

	private static final String LOOKING_AT_THREADS = "-D" + ChildMain.WALL + "=true";

	@TempDir
	Path directory;

	@Test
	void whenTheTemporaryDirectoryIsNoexecThenTheStatusSaysSoAndProfilingBeginsWhenThatIsMended() throws IOException {
		try (Tmpfs tmp = Tmpfs.mount(this.directory.resolve("tmp"), "size=16m,noexec")) {
			try (ChildJvm application = start("-Djava.io.tmpdir=" + tmp.path())) {
				Map<String, String> status = application.awaitState(EngineState.UNAVAILABLE);
				assertThat(status.get("message")).contains("could not be loaded", "failed to map segment");
				assertThat(status.get("advice")).contains("noexec", "-Done.profiler.extractPath=");
				application.execute("skipped UNAVAILABLE");
				tmp.remount("exec");
				application.awaitState(EngineState.ARMED);
				application.execute("profiled -");
			}
			assertThat(tmp.path()).isEmptyDirectory();
		}
	}

	@Test
	void whenTheTemporaryDirectoryIsNoexecThenAnotherExtractPathHelps() throws IOException {
		Path executable = Files.createDirectory(this.directory.resolve("executable"));
		try (Tmpfs tmp = Tmpfs.mount(this.directory.resolve("tmp"), "size=16m,noexec")) {
			try (ChildJvm application = start("-Djava.io.tmpdir=" + tmp.path(),
					"-Done.profiler.extractPath=" + executable)) {
				application.awaitState(EngineState.ARMED);
				application.execute("profiled -");
			}
		}
	}

	@Test
	void whenTheTemporaryDirectoryCannotBeWrittenToThenTheStatusSaysSo() throws IOException {
		try (Tmpfs tmp = Tmpfs.mount(this.directory.resolve("tmp"), "size=16m,ro")) {
			try (ChildJvm application = start("-Djava.io.tmpdir=" + tmp.path())) {
				Map<String, String> status = application.awaitState(EngineState.UNAVAILABLE);
				assertThat(status.get("message")).contains("could not be loaded", "Read-only file system");
				assertThat(status.get("advice")).contains("writable", "-Done.profiler.extractPath=");
				application.execute("skipped UNAVAILABLE");
				tmp.remount("rw");
				application.awaitState(EngineState.ARMED);
				application.execute("profiled -");
			}
		}
	}

	@Test
	void whenTheTemporaryDirectoryIsFullThenTheStatusSaysSoAndNothingIsLeftThere() throws IOException {
		try (Tmpfs tmp = Tmpfs.mount(this.directory.resolve("tmp"), "size=4m")) {
			Path filler = tmp.fill();
			try (ChildJvm application = start("-Djava.io.tmpdir=" + tmp.path())) {
				Map<String, String> status = application.awaitState(EngineState.UNAVAILABLE);
				assertThat(status.get("message")).contains("could not be loaded",
						"the disk of " + tmp.path() + " is full");
				assertThat(status.get("advice")).contains("Make room", "-Done.profiler.extractPath=");
				application.execute("skipped UNAVAILABLE");
				assertThat(tmp.path()).isDirectoryNotContaining((file) -> !file.equals(filler));
				Files.delete(filler);
				application.awaitState(EngineState.ARMED);
				application.execute("profiled -");
			}
			assertThat(tmp.path()).isEmptyDirectory();
		}
	}

	@Test
	void untilTheLibraryCanBeLoadedCpuTimeIsProfiledByTheJvmsOwnMeans() throws IOException {
		try (Tmpfs tmp = Tmpfs.mount(this.directory.resolve("tmp"), "size=16m,noexec")) {
			try (ChildJvm application = start("-Djava.io.tmpdir=" + tmp.path(), LOOKING_AT_THREADS)) {
				Map<String, String> status = application.awaitState(EngineState.FALLBACK);
				assertThat(status.get("message")).contains("could not be loaded", "failed to map segment");
				assertThat(status.get("engine")).isEqualTo("thread-sampler");
				assertThat(status.get("limits")).contains("CPU time is approximate");
				application.execute("profiled -");
				tmp.remount("exec");
				assertThat(application.awaitState(EngineState.ARMED).get("engine")).isNotEqualTo("thread-sampler");
				application.execute("profiled -");
			}
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "Java denies native access from 24 on")
	void whenNativeAccessIsDeniedThenCpuTimeIsProfiledByTheJvmsOwnMeans() throws IOException {
		try (ChildJvm application = start("--illegal-native-access=deny", LOOKING_AT_THREADS)) {
			Map<String, String> status = application.awaitState(EngineState.FALLBACK);
			assertThat(status.get("message")).contains("could not be loaded", "Illegal native access");
			assertThat(status.get("advice")).contains("--enable-native-access=ALL-UNNAMED");
			application.execute("profiled -");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "Java denies native access from 24 on")
	void whenNativeAccessIsDeniedThenTheStatusSaysSo() throws IOException {
		try (ChildJvm application = start("--illegal-native-access=deny")) {
			Map<String, String> status = application.awaitState(EngineState.UNAVAILABLE);
			assertThat(status.get("message")).contains("could not be loaded", "Illegal native access");
			assertThat(status.get("advice")).contains("--enable-native-access=ALL-UNNAMED");
			application.execute("skipped UNAVAILABLE");
		}
	}

	private ChildJvm start(String... jvmOptions) throws IOException {
		return ChildJvm.start(List.of(jvmOptions), this.directory.resolve("recordings"));
	}

}
