package dev.profiled.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpServer;
import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the command as a person uses it.
 */
class MainTests {

	private static final String STACKS = """
			com.example.Main.run 2
			com.example.Main.run;com.example.Report.total 7
			com.example.Main.run;do_sys_read_[k] 1
			""";

	private static volatile long sink;

	@TempDir
	Path directory;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void collapsedStacksAreTheSameAfterwards() throws IOException {
		String stacks = randomStacks();
		assertThat(lines("--format", "collapsed", file("stacks.txt", stacks)))
			.containsExactlyInAnyOrderElementsOf(stacks.lines().toList());
		assertThat(lines("--format", "collapsed", "--event", "alloc", file("stacks.txt", stacks)))
			.containsExactlyInAnyOrderElementsOf(stacks.lines().toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "cpu", "wall", "alloc", "lock" })
	void collapsedStacksAreTheSameByWayOfPprof(String event) throws IOException {
		String stacks = randomStacks();
		String profile = this.directory.resolve("profile.pb.gz").toString();
		run("--event", event, "--output", profile, file("stacks.txt", stacks));
		assertThat(lines("--format", "collapsed", "--event", event, profile))
			.containsExactlyInAnyOrderElementsOf(stacks.lines().toList());
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			graph.svg              => com.example.Report.total (7 samples, 70.00%)
			graph.html             => "com.example.Report"
			graph.json             => "samples":10,"weight":100000000
			graph.speedscope.json  => "weights":[20000000,10000000,70000000]
			graph.md               => | 70 % | 70 % | `com.example.Report.total` |
			graph.txt              => com.example.Main.run;com.example.Report.total 7
			""")
	void theNameOfTheFileTellsTheFormat(String name, String content) throws IOException {
		Path file = this.directory.resolve(name);
		run("--output", file.toString(), file("stacks.txt", STACKS));
		assertThat(file).content().contains(content);
	}

	@Test
	void whatIsLeftOutIsLeftOut() throws IOException {
		String stacks = file("stacks.txt", STACKS);
		assertThat(run("--format", "collapsed", "--include", "Report", stacks))
			.isEqualTo("com.example.Main.run;com.example.Report.total 7\n");
		assertThat(run("--format", "collapsed", "--exclude", "Report|read", stacks))
			.isEqualTo("com.example.Main.run 2\n");
		assertThat(run("--format", "collapsed", "--root", "Report", "--simple", stacks)).isEqualTo("Report.total 7\n");
		assertThat(run("--format", "collapsed", "--depth", "1", stacks)).isEqualTo("com.example.Main.run 10\n");
	}

	@Test
	void aSampleStandsForTheIntervalThatIsSaid() throws IOException {
		assertThat(run("--format", "json", "--interval", "2.5", file("stacks.txt", STACKS)))
			.contains("\"samples\":10,\"weight\":25000000");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aRecordingIsRead() throws IOException {
		Path file = this.directory.resolve("recording.jfr");
		AsyncProfiler profiler = AsyncProfiler.getInstance();
		profiler.execute("start,event=ctimer,interval=5ms,jfr,file=" + file);
		long start = System.nanoTime();
		while (System.nanoTime() - start < 1_000_000_000) {
			burn();
		}
		profiler.execute("stop");
		assertThat(run("--format", "collapsed", "--include", "MainTests.burn", file.toString()))
			.contains("dev.profiled.cli.MainTests.burn ");
	}

	@Test
	void aProfileIsFetched() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/stacks", (exchange) -> {
			boolean allowed = "Basic dXNlcjpzZWNyZXQ=".equals(exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] answer = (allowed ? STACKS : "who are you?").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(allowed ? 200 : 401, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
		try {
			String address = "127.0.0.1:" + server.getAddress().getPort() + "/stacks";
			assertThat(lines("--format", "collapsed", "http://user:secret@" + address))
				.containsExactlyInAnyOrderElementsOf(STACKS.lines().toList());
			assertThat(run("http://user:secret@" + address)).contains(address).doesNotContain("secret");
			assertThat(Main.run(new String[] { "http://" + address }, stream(this.out), stream(this.err))).isEqualTo(1);
			assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("127.0.0.1 answered 401: who are you?");
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					2 | --format xml stacks.txt      | 'xml' is no value of --format: it is one of [svg, html, collapsed, pprof, speedscope, json, md].
					2 | --event heap stacks.txt      | 'heap' is no value of --event: it is one of [cpu, wall, alloc, lock].
					2 | --depth 0 stacks.txt         | '0' is no value of --depth: it is a number from 1.0 to 10000.0.
					2 | --include ( stacks.txt       | '(' of --include is no regular expression
					2 | --include (.*.*.*.*.*.*.*.*.*.*)# stacks.txt | It takes too long to search for '(.*.*.*.*.*.*.*.*.*.*)#'.
					2 | --colour red stacks.txt      | There is no option '--colour'; see --help.
					2 | --title                      | The value of --title is missing.
					2 | --simple                     | No file or address of a profile is given.
					2 | a.txt b.txt                  | One profile at a time: 'a.txt' or 'b.txt'.
					2 | --output graph.png stacks.txt | The name of 'graph.png' does not tell the format: say --format.
					1 | missing.jfr                  | There is no file 'missing.jfr'.
					1 | letter.txt                   | is no recording, no profile of pprof, and its line 1 is no collapsed stack: 'Dear Sir'.
					2 | empty.txt                    | has no samples.
					1 | cut.jfr                      | The recording is cut off after 0 bytes.
					1 | cut.pb                       | The profile is not whole.
					""")
	void whatIsWrongIsSaid(int status, String arguments, String message) throws IOException {
		file("letter.txt", "Dear Sir");
		file("empty.txt", "");
		file("stacks.txt", "com.example.a.very.long.name.of.some.class.that.makes.it.slow.Main.run 1");
		Files.write(this.directory.resolve("cut.jfr"), ("FLR\0" + ".".repeat(100)).getBytes(StandardCharsets.UTF_8));
		Files.write(this.directory.resolve("cut.pb"), new byte[] { 10, 100, 8, 1 });
		String[] args = arguments.split(" ");
		for (int i = 0; i < args.length; i++) {
			if (Files.exists(this.directory.resolve(args[i]))) {
				args[i] = this.directory.resolve(args[i]).toString();
			}
		}
		assertThat(Main.run(args, stream(this.out), stream(this.err))).isEqualTo(status);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains(message).doesNotContain("\tat ");
		assertThat(this.out.size()).isZero();
	}

	@Test
	void helpIsThere() {
		assertThat(run("--help")).contains("svg|html|collapsed|pprof|speedscope|json|md", "cpu|wall|alloc|lock");
		assertThat(Main.run(new String[0], stream(this.out), stream(this.err))).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("Usage: ");
	}

	private static void burn() {
		long value = sink;
		for (int i = 0; i < 100_000; i++) {
			value = value * 31 + i;
		}
		sink = value;
	}

	private static String randomStacks() {
		Random random = new Random(7);
		String[] names = { "com.example.Main.run", "com.example.Report.total", "read", "do_sys_[k]", "byte[]",
				"[socket I/O]", "a.B$C.<init>", "caf\u00e9.M\u00fc.l", "x y.z" };
		TreeMap<String, Integer> stacks = new TreeMap<>();
		for (int i = 0; i < 300; i++) {
			StringBuilder stack = new StringBuilder();
			for (int depth = random.nextInt(8); depth >= 0; depth--) {
				stack.append(names[random.nextInt(names.length)]).append((depth > 0) ? ";" : "");
			}
			stacks.merge(stack.toString(), 1 + random.nextInt(1000), Integer::sum);
		}
		StringBuilder text = new StringBuilder();
		stacks.forEach((stack, count) -> text.append(stack).append(' ').append(count).append('\n'));
		return text.toString();
	}

	private String file(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content).toString();
	}

	private String run(String... args) {
		this.out.reset();
		int status = Main.run(args, stream(this.out), stream(this.err));
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(status).isZero();
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private List<String> lines(String... args) {
		return run(args).lines().toList();
	}

	private static PrintStream stream(ByteArrayOutputStream out) {
		return new PrintStream(out, true, StandardCharsets.UTF_8);
	}

}
