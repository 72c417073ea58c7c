package dev.profiled.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.profiled.benchmarks.app.Arm;

/**
 * A {@link Server}, seen from outside.
 */
final class ServerProcess implements AutoCloseable {

	private final Arm arm;

	private final Process process;

	private final BufferedReader out;

	private final int port;

	private ServerProcess(Arm arm, Process process) throws IOException {
		this.arm = arm;
		this.process = process;
		this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.port = Integer.parseInt(read(Server.PORT));
	}

	/**
	 * Start a server and wait until it is ready.
	 * @param arm what it is to have
	 * @param jvmArguments arguments of its JVM
	 * @return the server
	 * @throws IOException if it does not start
	 */
	static ServerProcess start(Arm arm, List<String> jvmArguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName(), arm.name()));
		Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		try {
			return new ServerProcess(arm, process);
		}
		catch (IOException | RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private String read(String prefix) throws IOException {
		for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
			if (!line.isBlank()) {
				System.out.println("[" + this.arm + "] " + line);
			}
		}
		throw new IOException("The server " + this.arm + " has ended");
	}

	Arm arm() {
		return this.arm;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Return the CPU time it has used, user and system, of all its threads.
	 * @return the time in ns, in steps of 10 ms
	 */
	long cpuNanos() {
		return this.process.info()
			.totalCpuDuration()
			.orElseThrow(() -> new IllegalStateException("The CPU time of a process cannot be told here"))
			.toNanos();
	}

	/**
	 * Ask what was profiled.
	 * @return a line
	 * @throws IOException if the server has ended
	 */
	String status() throws IOException {
		OutputStream in = this.process.getOutputStream();
		in.write('\n');
		in.flush();
		return read(Server.STATUS);
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (this.process.waitFor(10, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (IOException ex) {
			// it has ended, or is about to
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
