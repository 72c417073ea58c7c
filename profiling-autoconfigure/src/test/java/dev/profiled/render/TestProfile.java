package dev.profiled.render;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.TimeCategory;

/**
 * A synthetic profile in the JSON the viewer reads. A frame is written as
 * {@code package.Class.method}, or {@code kind!name} if it isn't a Java method.
 */
final class TestProfile {

	static final long INTERVAL = 10_000_000;

	private static final String MVC = "org.springframework.web.servlet.mvc.method.annotation.";

	private static final List<String> SERVER = List.of("java.lang.Thread.run",
			"org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run",
			"org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun",
			"org.apache.coyote.http11.Http11Processor.service", "org.apache.catalina.connector.CoyoteAdapter.service",
			"org.apache.catalina.core.ApplicationFilterChain.doFilter",
			"org.springframework.web.filter.OncePerRequestFilter.doFilter",
			"org.apache.catalina.core.ApplicationFilterChain.doFilter", "jakarta.servlet.http.HttpServlet.service",
			"org.springframework.web.servlet.DispatcherServlet.doDispatch");

	private static final List<String> HANDLER = List.of(MVC + "RequestMappingHandlerAdapter.invokeHandlerMethod",
			MVC + "ServletInvocableHandlerMethod.invokeAndHandle");

	private static final List<String> CONTROLLER = List.of("java.lang.reflect.Method.invoke",
			"dev.profiled.sample.ReportController.sales");

	private final Node root = new Node(-1);

	private final Map<String, Integer> frames = new LinkedHashMap<>();

	private final Map<String, String> fields = new LinkedHashMap<>();

	private long interval = INTERVAL;

	TestProfile() {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		text("name", "sales-report").text("title", "sales-report").text("event", "cpu").text("unit", "ns");
		with("schema", "1").with("handlers", "[\"dev.profiled.sample.ReportController.sales\"]")
			.with("patterns", "[\"GET /reports/sales\"]")
			.with("requests", "100")
			.with("inFlight", "1")
			.with("skipped", "{\"busy\": 3, \"arming\": 0}")
			.with("latency",
					"{\"count\": 100, \"mean\": 30000000, \"p50\": 28000000, \"p95\": 51000000, \"p99\": 90000000, "
							+ "\"max\": 120000000}")
			.text("firstProfiled", now.minus(12, ChronoUnit.MINUTES).toString())
			.text("lastProfiled", now.minusSeconds(2).toString())
			.with("interval", Long.toString(INTERVAL))
			.with("profiler",
					"{\"state\": \"armed\", \"engine\": \"perf_events\", \"kernelFrames\": true, \"message\": null, "
							+ "\"advice\": null, \"limits\": [\"Waiting is not in this graph.\"]}")
			.with("dropped", "{\"truncatedSamples\": 4, \"parkedSamples\": 0}")
			.with("ignoredParameters", "[]")
			.with("ownPackages", "[\"dev.profiled.sample\"]");
	}

	/**
	 * Two hundred samples with round shares: the service has 80 %, half of all is its own
	 * time, and it calls itself once. An interceptor has 5 % and writing the answer 15 %,
	 * both beside the handler.
	 */
	static TestProfile simple() {
		List<String> sales = join(SERVER, HANDLER, CONTROLLER);
		String service = "dev.profiled.sample.ReportService.total";
		List<String> write = join(SERVER, HANDLER, List.of("com.fasterxml.jackson.databind.ObjectWriter.writeValue"));
		return new TestProfile().stack(100, join(sales, List.of(service)))
			.stack(40, join(sales, List.of(service, "org.h2.command.query.Query.query")))
			.stack(20, join(sales, List.of(service, "java.util.List.forEach", service)))
			.stack(10, join(SERVER, List.of("dev.profiled.sample.web.AuditInterceptor.preHandle")))
			.stack(20, write)
			.stack(10, join(write, List.of("native!__write", "kernel!tcp_sendmsg")));
	}

	/**
	 * A graph of the given size as a big application has it: wide, deep and uneven.
	 */
	static TestProfile random(int nodes) {
		Random random = new Random(42);
		TestProfile profile = new TestProfile();
		List<Node> grown = new ArrayList<>(List.of(profile.root));
		List<String> packages = List.of("dev.profiled.sample.", "org.springframework.", "java.util.", "org.h2.");
		while (grown.size() < nodes) {
			Node parent = grown.get(grown.size() - 1 - random.nextInt(Math.min(grown.size(), 400)));
			int number = random.nextInt(4000);
			String frame = packages.get(number % packages.size()) + "Class" + number / 8 + ".method" + number;
			int before = parent.children.size();
			Node child = parent.child(profile.frame(frame), frame);
			if (parent.children.size() > before) {
				child.samples = random.nextInt(3);
				child.weight = child.samples * INTERVAL;
				grown.add(child);
			}
		}
		grown.get(grown.size() - 1).samples++;
		grown.get(grown.size() - 1).weight += INTERVAL;
		return profile;
	}

	/**
	 * The requests of {@link #simple()} by elapsed time: of 5 s in all, they are on a
	 * processor for 2.1 s and on the network for 1.6 s. The service waits for its pool
	 * and for a lock, and writes to a file.
	 */
	static TestProfile wall() {
		List<String> sales = join(SERVER, HANDLER, CONTROLLER);
		String service = "dev.profiled.sample.ReportService.total";
		List<String> query = join(sales, List.of(service, "org.h2.command.query.Query.query"));
		return simple().of(ProfileEvent.WALL, 20_000_000)
			.stack(80, join(query, List.of("java.net.Socket$SocketInputStream.read", "wait![socket I/O]")))
			.stack(30, join(sales, List.of(service, "com.zaxxer.hikari.pool.HikariPool.getConnection", "wait![pool]")))
			.stack(20, join(sales, List.of(service, "dev.profiled.sample.PriceCache.get", "wait![lock]")))
			.stack(5, join(SERVER, List.of("java.io.FileOutputStream.write", "wait![file I/O]")))
			.stack(2, join(sales, List.of("java.lang.Thread.sleep", "wait![sleep]")))
			.stack(1, join(sales, List.of("java.lang.Object.wait", "wait![other wait]")))
			.weigh(100_000_000, List.of("wait![waiting for a core]"))
			.weigh(40_000_000, List.of("wait![GC or safepoint pause]"))
			.weigh(100_000_000, List.of("wait![on CPU, not sampled]"));
	}

	/**
	 * The memory that the requests of {@link #simple()} allocate: 300 MB, a third of it
	 * in the service itself.
	 */
	static TestProfile alloc() {
		List<String> sales = join(SERVER, HANDLER, CONTROLLER);
		String service = "dev.profiled.sample.ReportService.total";
		return new TestProfile().of(ProfileEvent.ALLOC, 1_000_000)
			.stack(100, join(sales, List.of(service, "type!byte[]")))
			.stack(150, join(sales, List.of(service, "java.util.HashMap.putVal", "type!java.util.HashMap$Node")))
			.stack(50, join(sales, List.of(service, "dev.profiled.sample.Line.of", "type!dev.profiled.sample.Line")));
	}

	/**
	 * What the requests of {@link #simple()} were blocked by: nothing.
	 */
	static TestProfile lock() {
		return new TestProfile().of(ProfileEvent.LOCK, 1_000_000);
	}

	/**
	 * All events of the same requests, with where their time went and what they cost.
	 */
	static List<TestProfile> events() {
		List<TestProfile> events = List.of(simple(), wall(), alloc(), lock());
		events.forEach((profile) -> profile
			.with("split",
					"{\"requests\": 100, \"elapsed\": 5000000000, \"cpu\": 2100000000, \"core\": 100000000, "
							+ "\"lock\": 400000000, \"pool\": 600000000, \"socket\": 1600000000, \"file\": 100000000, "
							+ "\"sleep\": 40000000, \"gc\": 40000000, \"other\": 20000000}")
			.with("measured",
					"{\"requests\": 100, \"cpuTime\": 2100000000, \"sampledCpuTime\": 2000000000, "
							+ "\"allocatedBytes\": 310000000, \"sampledBytes\": 300000000}")
			.with("approximateRequests", "0")
			.with("profiler",
					"{\"state\": \"armed\", \"engine\": \"perf_events\", \"kernelFrames\": true, \"message\": null, "
							+ "\"advice\": null, \"limits\": [], \"intervals\": {\"cpu\": 10000000, "
							+ "\"wall\": 20000000, \"alloc\": 1000000, \"lock\": 1000000}}"));
		return events;
	}

	@SafeVarargs
	static List<String> join(List<String>... parts) {
		List<String> joined = new ArrayList<>();
		for (List<String> part : parts) {
			joined.addAll(part);
		}
		return joined;
	}

	TestProfile stack(int samples, List<String> stack) {
		Node node = node(stack);
		node.samples += samples;
		node.weight += samples * this.interval;
		return this;
	}

	/**
	 * Add a stack that has weight without a sample.
	 */
	TestProfile weigh(long weight, List<String> stack) {
		node(stack).weight += weight;
		return this;
	}

	private Node node(List<String> stack) {
		Node node = this.root;
		for (String frame : stack) {
			node = node.child(frame(frame), frame);
		}
		return node;
	}

	/**
	 * Make it the profile of an event; samples from now on weigh so much.
	 */
	TestProfile of(ProfileEvent event, long interval) {
		this.interval = interval;
		return text("event", event.id()).text("unit", event.unit()).with("interval", Long.toString(interval));
	}

	TestProfile with(String field, String json) {
		this.fields.put(field, json);
		return this;
	}

	TestProfile text(String field, String value) {
		return with(field, quote(value));
	}

	String json() {
		List<Integer> parents = new ArrayList<>();
		List<Integer> frameOfNode = new ArrayList<>();
		List<Integer> samples = new ArrayList<>();
		List<Long> weights = new ArrayList<>();
		Deque<Node> open = new ArrayDeque<>(List.of(this.root));
		Deque<Integer> openParents = new ArrayDeque<>(List.of(-1));
		while (!open.isEmpty()) {
			Node node = open.pop();
			int number = parents.size();
			parents.add(openParents.pop());
			frameOfNode.add(node.frame);
			samples.add(node.samples);
			weights.add(node.weight);
			for (Node child : node.children.descendingMap().values()) {
				open.push(child);
				openParents.push(number);
			}
		}
		long total = samples.stream().mapToLong(Integer::longValue).sum();
		Map<String, String> json = new LinkedHashMap<>(this.fields);
		json.putIfAbsent("samples", Long.toString(total));
		json.putIfAbsent("weight", Long.toString(weights.stream().mapToLong(Long::longValue).sum()));
		json.put("frames", framesJson());
		json.put("categories", categoriesJson());
		json.put("nodes", "{\"parent\":" + parents + ",\"frame\":" + frameOfNode + ",\"samples\":" + samples
				+ ",\"weight\":" + weights + "}");
		return json.entrySet()
			.stream()
			.map((field) -> quote(field.getKey()) + ":" + field.getValue())
			.collect(Collectors.joining(",", "{", "}"));
	}

	private String framesJson() {
		List<String> classes = new ArrayList<>();
		List<String> methods = new ArrayList<>();
		List<String> kinds = new ArrayList<>();
		for (String frame : this.frames.keySet()) {
			int kindEnd = frame.indexOf('!');
			String name = frame.substring(kindEnd + 1);
			int methodStart = (kindEnd < 0) ? name.lastIndexOf('.') + 1
					: frame.startsWith("type!") ? name.length() + 1 : 0;
			kinds.add(quote((kindEnd < 0) ? "java" : frame.substring(0, kindEnd)));
			classes.add(quote(name.substring(0, Math.max(0, methodStart - 1))));
			methods.add(quote(name.substring(Math.min(methodStart, name.length()))));
		}
		return "{\"class\":" + classes + ",\"method\":" + methods + ",\"kind\":" + kinds + "}";
	}

	private String categoriesJson() {
		List<String> rows = List.copyOf(this.frames.keySet());
		return Stream.of(TimeCategory.values())
			.filter((category) -> rows.contains("wait!" + category.frame().name()))
			.map((category) -> quote(category.id()) + ":" + rows.indexOf("wait!" + category.frame().name()))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private int frame(String frame) {
		return this.frames.computeIfAbsent(frame, (name) -> this.frames.size());
	}

	static String quote(String text) {
		return '"' + Escaper.json(text) + '"';
	}

	/**
	 * A node of the tree, its children sorted by name as the server sorts them.
	 */
	private static final class Node {

		private final int frame;

		private final TreeMap<String, Node> children = new TreeMap<>();

		private int samples;

		private long weight;

		Node(int frame) {
			this.frame = frame;
		}

		Node child(int frame, String name) {
			return this.children.computeIfAbsent(name, (key) -> new Node(frame));
		}

	}

}
