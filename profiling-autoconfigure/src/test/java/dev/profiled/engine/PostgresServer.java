package dev.profiled.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * A PostgreSQL server with an empty database, of the binaries that this machine has. It
 * ends with this process, however that ends.
 */
final class PostgresServer implements AutoCloseable {

	/**
	 * PostgreSQL does not run as root.
	 */
	private static final int NOBODY = 65534;

	private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
			"--clear-groups");

	// It is stopped when the standard input ends.
	private static final String SERVE = "\"$@\" < /dev/null & read -r line; kill -INT $!; wait $!";

	private final Process process;

	private final int port;

	private PostgresServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Say why there can be no server on this machine.
	 * @return the reason, or nothing if there can be one
	 */
	static Optional<String> missing() {
		if (binaries().isEmpty()) {
			return Optional.of("needs initdb and postgres, in PATH or below /usr/lib/postgresql");
		}
		if (isRoot() && !Command.succeeds(asUser("true").toArray(String[]::new))) {
			return Optional.of("needs setpriv, since PostgreSQL does not run as root");
		}
		return Optional.empty();
	}

	/**
	 * Start a server.
	 * @param directory an empty directory, which is given to the user that the server
	 * runs as
	 * @return the server, which accepts connections
	 * @throws IOException if it could not be started
	 */
	static PostgresServer start(Path directory) throws IOException {
		Path binaries = binaries().orElseThrow();
		Path data = directory.resolve("data");
		if (isRoot()) {
			Files.setAttribute(directory, "unix:uid", NOBODY);
		}
		List<String> init = asUser(binaries.resolve("initdb").toString(), "--pgdata=" + data, "--username=postgres",
				"--auth=trust", "--locale=C", "--no-sync");
		if (!Command.succeeds(init.toArray(String[]::new))) {
			throw new IllegalStateException(String.join(" ", init) + " failed");
		}
		int port = freePort();
		List<String> serve = new ArrayList<>(List.of("sh", "-c", SERVE, "sh"));
		serve.addAll(asUser(binaries.resolve("postgres").toString(), "-D", data.toString(), "-p", String.valueOf(port),
				"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"));
		Process process = new ProcessBuilder(serve).redirectErrorStream(true)
			.redirectOutput(directory.resolve("log").toFile())
			.start();
		PostgresServer server = new PostgresServer(process, port);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(server::answers);
		return server;
	}

	Connection connect() throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + this.port + "/postgres?user=postgres");
	}

	private boolean answers() {
		try (Connection connection = connect()) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.process.getOutputStream().close();
		if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
			throw new IllegalStateException("PostgreSQL does not stop");
		}
	}

	private static Optional<Path> binaries() {
		List<Path> candidates = new ArrayList<>();
		for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
			candidates.add(Path.of(directory));
		}
		Path installed = Path.of("/usr/lib/postgresql");
		if (Files.isDirectory(installed)) {
			try (DirectoryStream<Path> versions = Files.newDirectoryStream(installed)) {
				versions.forEach((version) -> candidates.add(version.resolve("bin")));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return candidates.stream()
			.filter((path) -> Files.isExecutable(path.resolve("initdb")))
			.filter((path) -> Files.isExecutable(path.resolve("postgres")))
			.findFirst();
	}

	private static List<String> asUser(String... command) {
		List<String> whole = new ArrayList<>(isRoot() ? AS_NOBODY : List.of());
		whole.addAll(List.of(command));
		return whole;
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
