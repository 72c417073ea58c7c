package dev.profiled.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in a process of its own, with some of the jars of the tests left out.
 */
final class SeparateApplication implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final Path output;

	private final int port;

	private SeparateApplication(Process process, Path output, int port) {
		this.process = process;
		this.output = output;
		this.port = port;
	}

	/**
	 * Start an application, which may not be ready yet.
	 * @param mainClass its main class
	 * @param classPath its class path
	 * @param properties its properties, as {@code name=value}
	 * @return the application
	 */
	static SeparateApplication start(Class<?> mainClass, String classPath, String... properties) {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-cp", classPath, mainClass.getName(),
							"--server.address=127.0.0.1", "--server.port=" + socket.getLocalPort()));
			Arrays.stream(properties).map((property) -> "--" + property).forEach(command::add);
			Path output = Files.createTempFile("application", ".log");
			socket.close();
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			return new SeparateApplication(process, output, socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the class path of the tests without some of its entries.
	 * @param leftOut tells by the name of a file or directory whether it is left out
	 * @return the class path
	 */
	static String classPathWithout(Predicate<String> leftOut) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !leftOut.test(new File(entry).getName()))
			.collect(Collectors.joining(File.pathSeparator));
	}

	HttpResponse<String> get(String path) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).build();
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until the application answers, and return what.
	 * @param path a path
	 * @return the answer, with status 200
	 */
	String awaitAnswer(String path) {
		HttpResponse<String> answer = Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.failFast(() -> assertThat(this.process.isAlive()).as(output()).isTrue())
			.until(() -> get(path), (response) -> response.statusCode() == 200);
		return answer.body();
	}

	/**
	 * Wait until the application has ended by itself.
	 * @return what it wrote
	 */
	String awaitEnd() {
		this.process.onExit().join();
		assertThat(this.process.exitValue()).as(output()).isZero();
		return output();
	}

	private String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// As an operator would, so that the application closes its context.
	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		try {
			Files.delete(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
