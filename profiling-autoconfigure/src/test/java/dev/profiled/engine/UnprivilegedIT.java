package dev.profiled.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The application runs as a user who may not use perf events.
 */
@Tag("any-jdk")
class UnprivilegedIT {

	private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
			"--clear-groups");

	private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

	@TempDir
	Path directory;

	@BeforeEach
	void checkThatPerfEventsAreDenied() throws IOException {
		Assumptions.assumeTrue(Files.exists(PARANOID) && Integer.parseInt(Files.readString(PARANOID).trim()) > 1,
				"needs Linux with kernel.perf_event_paranoid of 2 or more");
		Assumptions.assumeTrue(canRunAsNobody(), "needs setpriv, and the right to change the user: run as root");
		allowAll(this.directory);
	}

	@Test
	void samplesAreTakenByTimersAndWeighTheCpuTimeThatWasSpent() throws IOException {
		try (ChildJvm application = start(Duration.ofMillis(1), this.directory)) {
			application.awaitState(EngineState.ARMED);
			Map<String, String> result = application.execute("burn PT3S");
			assertThat(result.get("engine")).isEqualTo("ctimer");
			assertThat(result.get("kernelFrames")).isEqualTo("false");
			assertThat(result.get("kernel")).isEqualTo("0");
			assertThat(result.get("limits")).contains("stacks end where the kernel begins",
					"kernel.perf_event_paranoid", "the kernel's timer tick is the limit");
			double spent = Double.parseDouble(result.get("spent"));
			double interval = spent / Double.parseDouble(result.get("samples"));
			assertThat(Double.parseDouble(result.get("interval"))).isCloseTo(interval, within(0.1 * interval));
			assertThat(Double.parseDouble(result.get("weight"))).isCloseTo(spent, within(0.1 * spent));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 9_618_000, 19_236_000 })
	void intervalsLongerThanTheTickAreKept(long interval) throws IOException {
		try (ChildJvm application = start(Duration.ofNanos(interval), this.directory)) {
			application.awaitState(EngineState.ARMED);
			Map<String, String> result = application.execute("burn PT4S");
			double spent = Double.parseDouble(result.get("spent"));
			assertThat(result.get("engine")).isEqualTo("ctimer");
			assertThat(Double.parseDouble(result.get("interval"))).isGreaterThanOrEqualTo(interval);
			assertThat(result.get("limits")).doesNotContain("timer tick");
			assertThat(Double.parseDouble(result.get("weight"))).isCloseTo(spent, within(0.1 * spent));
		}
	}

	@Test
	void whenTheDirectoryIsAnotherUsersThenTheStatusSaysSo() throws IOException {
		Path directory = Files.createDirectory(this.directory.resolve("recordings"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		try (ChildJvm application = start(Duration.ofMillis(10), directory)) {
			Map<String, String> status = application.awaitState(EngineState.UNAVAILABLE);
			assertThat(status.get("message")).contains(directory + " cannot be used", "AccessDenied");
			assertThat(status.get("advice")).contains("profiling.directory");
			application.execute("skipped UNAVAILABLE");
			allowAll(directory);
			application.awaitState(EngineState.ARMED);
			application.execute("profiled -");
		}
	}

	@Test
	void aDirectoryThatMayBeWrittenToButNotListedWillDo() throws IOException {
		Path directory = Files.createDirectory(this.directory.resolve("drop"));
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx-wx-wx"));
		try (ChildJvm application = start(Duration.ofMillis(10), directory)) {
			application.awaitState(EngineState.ARMED);
			application.execute("profiled -");
		}
		assertThat(directory).isEmptyDirectory();
	}

	@Test
	void whatAnotherUserLeftBehindDisturbsNobody() throws IOException {
		Path left = Files.createDirectory(this.directory.resolve("profiled-99999999-1"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		try (ChildJvm application = start(Duration.ofMillis(10), this.directory)) {
			application.awaitState(EngineState.ARMED);
			application.execute("profiled -");
		}
		assertThat(left).exists();
	}

	private ChildJvm start(Duration cpuInterval, Path directory) throws IOException {
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		String classPath = ChildJvm.copyClassPath(classes);
		return ChildJvm.start(AS_NOBODY, classPath, List.of(), cpuInterval, directory);
	}

	private static boolean canRunAsNobody() {
		return Command.succeeds("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
	}

	private static void allowAll(Path directory) throws IOException {
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
	}

}
