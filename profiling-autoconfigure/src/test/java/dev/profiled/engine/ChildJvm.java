package dev.profiled.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import one.jfr.JfrReader;
import one.profiler.AsyncProfiler;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ChildMain} in another JVM, with a profiler and options of its own.
 */
final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final PrintStream commands;

	private final BufferedReader output;

	private ChildJvm(Process process) {
		this.process = process;
		this.commands = new PrintStream(process.getOutputStream(), true);
		this.output = process.inputReader();
	}

	/**
	 * Start an application.
	 * @param prefix the command that runs the JVM, if any
	 * @param classPath its class path
	 * @param jvmOptions the options of the JVM
	 * @param cpuInterval the interval to ask for
	 * @param directory where to keep recordings
	 * @return the JVM
	 */
	static ChildJvm start(List<String> prefix, String classPath, List<String> jvmOptions, Duration cpuInterval,
			Path directory) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command
			.addAll(List.of("-cp", classPath, ChildMain.class.getName(), cpuInterval.toString(), directory.toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("SECRET", "from-the-environment");
		return new ChildJvm(builder.start());
	}

	static ChildJvm start(List<String> jvmOptions, Path directory) throws IOException {
		return start(List.of(), classPath(), jvmOptions, Duration.ofMillis(1), directory);
	}

	/**
	 * Return what the application needs, wherever the class path of this JVM is written.
	 * @return the class path
	 */
	static String classPath() {
		return entries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Copy what the application needs to where any user can read it.
	 * @param directory a directory that any user can read
	 * @return the class path there
	 */
	static String copyClassPath(Path directory) throws IOException {
		List<String> copies = new ArrayList<>();
		for (Path entry : entries()) {
			Path copy = directory.resolve(String.valueOf(copies.size()));
			try (Stream<Path> files = Files.walk(entry)) {
				for (Path file : files.toList()) {
					Files.copy(file, copy.resolve(entry.relativize(file).toString()));
				}
			}
			copies.add(copy.toString());
		}
		return String.join(File.pathSeparator, copies);
	}

	private static Set<Path> entries() {
		Set<Path> entries = new LinkedHashSet<>();
		for (Class<?> type : List.of(ChildMain.class, ProfilerEngine.class, AsyncProfiler.class, JfrReader.class,
				Awaitility.class, Matcher.class, Assertions.class, Nullable.class)) {
			try {
				entries.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
			}
			catch (URISyntaxException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return entries;
	}

	Map<String, String> awaitState(EngineState state) throws IOException {
		return execute("state " + state);
	}

	/**
	 * Let the application do something.
	 * @param command what to do
	 * @return what it answers
	 */
	Map<String, String> execute(String command) throws IOException {
		this.commands.println(command);
		StringBuilder said = new StringBuilder();
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(ChildMain.ANSWER)) {
				return Arrays.stream(line.substring(ChildMain.ANSWER.length()).split("\t"))
					.filter((entry) -> entry.contains("="))
					.map((entry) -> entry.split("=", 2))
					.collect(Collectors.toMap((entry) -> entry[0], (entry) -> entry[1]));
			}
			said.append(line).append('\n');
		}
		return Assertions.fail("The application has ended: " + said);
	}

	/**
	 * End the application, which must succeed.
	 */
	@Override
	public void close() throws IOException {
		this.commands.close();
		String said = this.output.lines().collect(Collectors.joining("\n"));
		try {
			assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.process.destroyForcibly();
		}
		assertThat(this.process.exitValue()).as(said).isZero();
	}

}
