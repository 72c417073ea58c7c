package dev.profiled.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server or an application in another JVM, which ends with the test.
 */
final class Program implements AutoCloseable {

	private static final Pattern ANNOUNCEMENT = Pattern.compile("Listening on (\\d+)|Tomcat started on port (\\d+)");

	private final Process process;

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private Program(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "output of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start a program that ends when its standard input does.
	 * @param line the line of Spring Boot it runs on
	 * @param mainClass its main class
	 * @param jvmOptions options of its JVM
	 * @param properties its properties, each as {@code name=value}
	 * @return the program, which may not listen yet
	 */
	static Program start(BootLine line, String mainClass, List<String> jvmOptions, List<String> properties) {
		List<String> application = new ArrayList<>(jvmOptions);
		application.addAll(List.of("-cp", line.classPath(), mainClass));
		List<String> all = new ArrayList<>(List.of("server.address=127.0.0.1"));
		all.addAll(properties);
		return start(application, all);
	}

	/**
	 * Start a packaged application.
	 * @param jar the jar
	 * @param properties its properties, each as {@code name=value}
	 * @return the program, which may not listen yet
	 */
	static Program start(Path jar, List<String> properties) {
		return start(List.of("-jar", jar.toString()), properties);
	}

	private static Program start(List<String> application, List<String> properties) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// these start quickly, and nobody looks at how fast they run
		command.addAll(List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"));
		command.addAll(application);
		properties.forEach((property) -> command.add("--" + property));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			return new Program(process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String said = reader.readLine(); said != null; said = reader.readLine()) {
				this.output.add(said);
				Matcher announcement = ANNOUNCEMENT.matcher(said);
				if (announcement.find()) {
					String ours = announcement.group(1);
					this.port.complete(Integer.valueOf((ours != null) ? ours : announcement.group(2)));
				}
			}
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
		this.port.completeExceptionally(new IllegalStateException("The program has ended"));
	}

	/**
	 * Return where the program listens, as soon as it does.
	 * @return the address without a path
	 */
	String address() {
		try {
			return "http://127.0.0.1:" + this.port.get(90, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(String.join("\n", this.output), ex);
		}
	}

	/**
	 * End the program without giving it a chance to say goodbye.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Tell the program to end, without waiting for it.
	 */
	void end() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			kill();
		}
	}

	@Override
	public void close() {
		end();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

}
