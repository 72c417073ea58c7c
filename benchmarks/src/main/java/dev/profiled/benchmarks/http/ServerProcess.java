package dev.profiled.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.profiled.benchmarks.app.Arm;

/**
 * A {@link Server}, seen from outside.
 */
final class ServerProcess implements AutoCloseable {

	private Arm arm;

	private final Process process;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private int port;

	private ServerProcess(Arm arm, Process process) throws IOException, InterruptedException {
		this.arm = arm;
		this.process = process;
		Thread reader = new Thread(this::readAnswers);
		reader.setDaemon(true);
		reader.start();
		this.port = Integer.parseInt(answer());
	}

	/**
	 * Start a server and wait until it is ready.
	 * @param arm what it is to have
	 * @param jvmArguments arguments of its JVM
	 * @return the server
	 * @throws IOException if it does not start
	 * @throws InterruptedException if this thread is interrupted
	 */
	static ServerProcess start(Arm arm, List<String> jvmArguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName(), arm.name()));
		Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		try {
			return new ServerProcess(arm, process);
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	// All the time, since a process that nobody listens to stops when the pipe is full.
	private void readAnswers() {
		try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
			out.lines().filter((line) -> line.startsWith(Server.ANSWER)).forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// it has ended
		}
	}

	private String answer() throws IOException, InterruptedException {
		String answer = this.answers.poll(60, TimeUnit.SECONDS);
		if (answer == null) {
			throw new IOException("The server " + this.arm + " does not answer");
		}
		return answer.substring(Server.ANSWER.length());
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
	 * Serve another arm in the same JVM, or the same anew.
	 * @param next what it is to have
	 * @param arguments of the application
	 * @throws IOException if it does not start
	 * @throws InterruptedException if this thread is interrupted
	 */
	void serve(Arm next, String... arguments) throws IOException, InterruptedException {
		this.arm = next;
		this.port = Integer.parseInt(ask(Server.SERVE + next.name() + " " + String.join(" ", arguments)));
	}

	String status() throws IOException, InterruptedException {
		return ask(Server.STATUS);
	}

	/**
	 * Ask the server something.
	 * @param question one of the server's, or a command of the profiler
	 * @return a line
	 * @throws IOException if the server does not answer
	 * @throws InterruptedException if this thread is interrupted
	 */
	String ask(String question) throws IOException, InterruptedException {
		OutputStream in = this.process.getOutputStream();
		in.write((question + '\n').getBytes(StandardCharsets.UTF_8));
		in.flush();
		return answer();
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
