package dev.profiled.engine;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;

import dev.profiled.profile.TimeCategory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows what {@link WaitRules} say of threads that really wait: in the JDK of these
 * tests, and in real drivers, pools and clients.
 */
@Tag("quiet")
class WaitRulesIT {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final WaitRules RULES = WaitRules.of(Map.of());

	@TempDir
	private static Path directory;

	/**
	 * What was opened for a wait, last first. Closing it ends the wait, or an interrupt
	 * does.
	 */
	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	static Stream<Wait> waits() {
		return Stream.of(locks(), pools(), sockets(), files(), others()).flatMap((waits) -> waits);
	}

	private static Stream<Wait> locks() {
		return Stream.of(new Wait("synchronized", TimeCategory.LOCK, WaitRulesIT::monitor),
				new Wait("ReentrantLock.lock", TimeCategory.LOCK, WaitRulesIT::reentrantLock),
				new Wait("ReentrantLock.tryLock", TimeCategory.LOCK, WaitRulesIT::reentrantLockWithTimeout),
				new Wait("ReadLock.lock", TimeCategory.LOCK, WaitRulesIT::readLock),
				new Wait("WriteLock.lock", TimeCategory.LOCK, WaitRulesIT::writeLock),
				new Wait("StampedLock.readLock", TimeCategory.LOCK, WaitRulesIT::stampedReadLock),
				new Wait("StampedLock.writeLock", TimeCategory.LOCK, WaitRulesIT::stampedWriteLock));
	}

	private static Stream<Wait> pools() {
		return Stream.of(new Wait("HikariPool", TimeCategory.POOL, WaitRulesIT::hikari),
				new Wait("CompletableFuture.get", TimeCategory.POOL, (test) -> new CompletableFuture<>()::get),
				new Wait("CompletableFuture.get with timeout", TimeCategory.POOL,
						(test) -> () -> new CompletableFuture<>().get(1, TimeUnit.HOURS)),
				new Wait("FutureTask.get", TimeCategory.POOL, (test) -> new FutureTask<>(() -> "")::get),
				new Wait("CountDownLatch.await", TimeCategory.POOL, (test) -> new CountDownLatch(1)::await),
				new Wait("CyclicBarrier.await", TimeCategory.POOL, (test) -> new CyclicBarrier(2)::await),
				new Wait("Semaphore.acquire", TimeCategory.POOL, (test) -> new Semaphore(0)::acquire),
				new Wait("ArrayBlockingQueue.take", TimeCategory.POOL, (test) -> new ArrayBlockingQueue<>(1)::take),
				new Wait("LinkedBlockingQueue.poll", TimeCategory.POOL,
						(test) -> () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS)),
				new Wait("SynchronousQueue.put", TimeCategory.POOL, (test) -> () -> new SynchronousQueue<>().put("")),
				new Wait("Condition.await", TimeCategory.POOL, WaitRulesIT::condition),
				new Wait("Object.wait", TimeCategory.POOL, WaitRulesIT::object),
				new Wait("Thread.join", TimeCategory.POOL, WaitRulesIT::join),
				new Wait("LockSupport.park", TimeCategory.POOL, (test) -> LockSupport::park),
				new Wait("Mono.block", TimeCategory.POOL, (test) -> Mono.never()::block),
				new Wait("HttpClient.sendAsync", TimeCategory.POOL, WaitRulesIT::httpClientAsync));
	}

	private static Stream<Wait> sockets() {
		return Stream.of(new Wait("Socket", TimeCategory.SOCKET, (test) -> read(test.connect())),
				new Wait("Socket with timeout", TimeCategory.SOCKET, WaitRulesIT::socketWithTimeout),
				new Wait("Socket that writes", TimeCategory.SOCKET, WaitRulesIT::socketThatWrites),
				new Wait("Socket that connects", TimeCategory.SOCKET, WaitRulesIT::socketThatConnects),
				new Wait("ServerSocket.accept", TimeCategory.SOCKET, (test) -> test.listen(50)::accept),
				new Wait("DatagramSocket", TimeCategory.SOCKET, WaitRulesIT::datagram),
				new Wait("SocketChannel", TimeCategory.SOCKET, WaitRulesIT::channel),
				new Wait("Selector", TimeCategory.SOCKET, (test) -> test.open(Selector.open())::select),
				new Wait("HttpClient.send", TimeCategory.SOCKET, WaitRulesIT::httpClient),
				new Wait("the body of HttpClient's response", TimeCategory.SOCKET, WaitRulesIT::httpClientBody),
				new Wait("RestClient over HttpClient", TimeCategory.SOCKET, WaitRulesIT::restClientOverHttpClient),
				new Wait("RestClient over HttpURLConnection", TimeCategory.SOCKET,
						WaitRulesIT::restClientOverUrlConnection),
				new Wait("H2", TimeCategory.SOCKET, WaitRulesIT::h2),
				new Wait("PostgreSQL", TimeCategory.SOCKET, WaitRulesIT::postgres));
	}

	private static Stream<Wait> files() {
		return Stream.of(new Wait("FileInputStream", TimeCategory.FILE, WaitRulesIT::fileInputStream),
				new Wait("FileInputStream that opens", TimeCategory.FILE, WaitRulesIT::fileInputStreamThatOpens),
				new Wait("FileOutputStream", TimeCategory.FILE, WaitRulesIT::fileOutputStream),
				new Wait("RandomAccessFile", TimeCategory.FILE, WaitRulesIT::randomAccessFile),
				new Wait("FileChannel", TimeCategory.FILE, WaitRulesIT::fileChannel),
				new Wait("Files.readString", TimeCategory.FILE, WaitRulesIT::readString));
	}

	private static Stream<Wait> others() {
		return Stream.of(new Wait("Thread.sleep", TimeCategory.SLEEP, (test) -> () -> Thread.sleep(3_600_000)),
				new Wait("TimeUnit.sleep", TimeCategory.SLEEP, (test) -> () -> TimeUnit.HOURS.sleep(1)),
				new Wait("Process.waitFor", TimeCategory.OTHER, WaitRulesIT::process));
	}

	@ParameterizedTest
	@MethodSource("waits")
	void platformThreads(Wait wait) throws Exception {
		check(wait, Thread::new);
	}

	@ParameterizedTest
	@MethodSource("waits")
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreads(Wait wait) throws Exception {
		check(wait, WaitRulesIT::virtual);
	}

	private void check(Wait wait, ThreadFactory factory) throws Exception {
		Thread thread = null;
		try {
			Call call = wait.setUp().prepare(this);
			thread = factory.create(() -> run(call));
			thread.start();
			State state = awaitWait(thread);
			assertThat(state.classify()).as("%s%n%s", wait, state).isEqualTo(wait.category());
			ThreadInfo info = THREADS.getThreadInfo(new long[] { thread.getId() }, Integer.MAX_VALUE)[0];
			if (info != null) {
				assertThat(RULES.classify(info.getThreadState(), info.getStackTrace())).isEqualTo(wait.category());
			}
		}
		finally {
			while (!this.opened.isEmpty()) {
				this.opened.pop().close();
			}
			if (thread != null) {
				thread.interrupt();
				thread.join(10_000);
			}
		}
		assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
	}

	// A thread waits where it has been seen for a while: in native code, if it is
	// runnable.
	private static State awaitWait(Thread thread) {
		State[] last = { new State(thread) };
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(150)).until(() -> {
			State state = new State(thread);
			boolean same = state.toString().equals(last[0].toString());
			last[0] = state;
			return same && state.isWait();
		});
		return last[0];
	}

	private static Thread virtual(Runnable work) throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (Thread) Class.forName("java.lang.Thread$Builder")
			.getMethod("unstarted", Runnable.class)
			.invoke(builder, work);
	}

	// The end of a wait is no matter of interest.
	private static void run(Call call) {
		try {
			call.run();
		}
		catch (Exception ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Call monitor(WaitRulesIT test) throws Exception {
		Object monitor = new Object();
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch enough = new CountDownLatch(1);
		Thread holder = new Thread(() -> {
			synchronized (monitor) {
				held.countDown();
				run(enough::await);
			}
		});
		holder.start();
		held.await();
		test.open(enough::countDown);
		return () -> {
			synchronized (monitor) {
				held.await();
			}
		};
	}

	private static Call reentrantLock(WaitRulesIT test) {
		ReentrantLock lock = new ReentrantLock();
		lock.lock();
		test.open(lock::unlock);
		return lock::lock;
	}

	private static Call reentrantLockWithTimeout(WaitRulesIT test) {
		ReentrantLock lock = new ReentrantLock(true);
		lock.lock();
		test.open(lock::unlock);
		return () -> lock.tryLock(1, TimeUnit.HOURS);
	}

	private static Call readLock(WaitRulesIT test) {
		ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
		lock.writeLock().lock();
		test.open(lock.writeLock()::unlock);
		return lock.readLock()::lock;
	}

	private static Call writeLock(WaitRulesIT test) {
		ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
		lock.readLock().lock();
		test.open(lock.readLock()::unlock);
		return lock.writeLock()::lock;
	}

	private static Call stampedReadLock(WaitRulesIT test) {
		StampedLock lock = new StampedLock();
		long stamp = lock.writeLock();
		test.open(() -> lock.unlockWrite(stamp));
		return lock::readLock;
	}

	private static Call stampedWriteLock(WaitRulesIT test) {
		StampedLock lock = new StampedLock();
		long stamp = lock.readLock();
		test.open(() -> lock.unlockRead(stamp));
		return lock::writeLock;
	}

	private static Call hikari(WaitRulesIT test) throws Exception {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:h2:mem:");
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(Duration.ofHours(1).toMillis());
		HikariDataSource pool = test.open(new HikariDataSource(config));
		test.open(pool.getConnection());
		return () -> pool.getConnection().close();
	}

	private static Call condition(WaitRulesIT test) {
		ReentrantLock lock = new ReentrantLock();
		return () -> {
			lock.lock();
			lock.newCondition().await();
		};
	}

	private static Call object(WaitRulesIT test) {
		Object monitor = new Object();
		return () -> {
			synchronized (monitor) {
				monitor.wait();
			}
		};
	}

	private static Call join(WaitRulesIT test) {
		Thread other = new Thread(LockSupport::park);
		other.start();
		test.open(() -> LockSupport.unpark(other));
		return other::join;
	}

	private static Call socketWithTimeout(WaitRulesIT test) throws Exception {
		Socket socket = test.connect();
		socket.setSoTimeout(3_600_000);
		return read(socket);
	}

	private static Call read(Socket socket) throws IOException {
		return socket.getInputStream()::read;
	}

	private static Call socketThatWrites(WaitRulesIT test) throws Exception {
		OutputStream out = test.connect().getOutputStream();
		return () -> {
			while (true) {
				out.write(new byte[100_000]);
			}
		};
	}

	// Until nobody accepts connections and there is no room for more of them.
	private static Call socketThatConnects(WaitRulesIT test) throws Exception {
		ServerSocket server = test.listen(1);
		boolean full = false;
		while (!full) {
			try {
				test.open(new Socket()).connect(server.getLocalSocketAddress(), 500);
			}
			catch (SocketTimeoutException ex) {
				full = true;
			}
		}
		Socket socket = test.open(new Socket());
		return () -> socket.connect(server.getLocalSocketAddress());
	}

	private static Call datagram(WaitRulesIT test) throws Exception {
		DatagramSocket socket = test.open(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
		return () -> socket.receive(new DatagramPacket(new byte[10], 10));
	}

	private static Call channel(WaitRulesIT test) throws Exception {
		SocketChannel channel = test.open(SocketChannel.open(test.listen(50).getLocalSocketAddress()));
		return () -> channel.read(ByteBuffer.allocate(10));
	}

	private static Call httpClient(WaitRulesIT test) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(test.silence()).build();
		return () -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
	}

	private static Call httpClientAsync(WaitRulesIT test) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(test.silence()).build();
		return () -> HttpClient.newHttpClient().sendAsync(request, BodyHandlers.discarding()).get();
	}

	private static Call httpClientBody(WaitRulesIT test) throws Exception {
		ServerSocket server = test.listen(50);
		Thread answering = new Thread(() -> run(() -> test.open(server.accept())
			.getOutputStream()
			.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
		answering.start();
		HttpRequest request = HttpRequest.newBuilder(address(server)).build();
		return () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body().read();
	}

	private static Call restClientOverHttpClient(WaitRulesIT test) throws Exception {
		RestClient client = RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
		URI address = test.silence();
		return () -> client.get().uri(address).retrieve().toBodilessEntity();
	}

	private static Call restClientOverUrlConnection(WaitRulesIT test) throws Exception {
		RestClient client = RestClient.builder().requestFactory(new SimpleClientHttpRequestFactory()).build();
		URI address = test.silence();
		return () -> client.get().uri(address).retrieve().toBodilessEntity();
	}

	// Behind a row that another connection has locked.
	private static Call h2(WaitRulesIT test) throws Exception {
		Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		test.open(server::stop);
		String url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:test";
		Connection holder = test.open(DriverManager.getConnection(url));
		holder.createStatement().execute("CREATE TABLE t (id INT PRIMARY KEY) AS SELECT 1");
		holder.setAutoCommit(false);
		holder.createStatement().execute("SELECT * FROM t FOR UPDATE");
		Connection waiter = DriverManager.getConnection(url);
		waiter.createStatement().execute("SET LOCK_TIMEOUT 3600000");
		return () -> waiter.createStatement().execute("SELECT * FROM t FOR UPDATE");
	}

	private static Call postgres(WaitRulesIT test) throws Exception {
		PostgresServer.missing().ifPresent((reason) -> Assumptions.assumeTrue(false, reason));
		// its user has to get there
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
		PostgresServer server = test.open(PostgresServer.start(Files.createTempDirectory(directory, "postgres")));
		Statement statement = test.open(server.connect()).createStatement();
		test.open(statement::cancel);
		return () -> statement.execute("SELECT pg_sleep(3600)");
	}

	private static Call fileInputStream(WaitRulesIT test) throws Exception {
		InputStream in = new FileInputStream(test.emptyPipe().toFile());
		return in::read;
	}

	private static Call fileInputStreamThatOpens(WaitRulesIT test) throws Exception {
		Path pipe = pipe();
		test.open(() -> new RandomAccessFile(pipe.toFile(), "rw").close());
		return () -> new FileInputStream(pipe.toFile()).close();
	}

	private static Call fileOutputStream(WaitRulesIT test) throws Exception {
		Path pipe = pipe();
		RandomAccessFile both = test.open(new RandomAccessFile(pipe.toFile(), "rw"));
		byte[] data = new byte[1_000_000];
		test.open(() -> both.readFully(data));
		OutputStream out = new FileOutputStream(pipe.toFile());
		return () -> out.write(data);
	}

	private static Call randomAccessFile(WaitRulesIT test) throws Exception {
		RandomAccessFile file = new RandomAccessFile(test.emptyPipe().toFile(), "r");
		return file::read;
	}

	private static Call fileChannel(WaitRulesIT test) throws Exception {
		FileChannel channel = FileChannel.open(test.emptyPipe(), StandardOpenOption.READ);
		return () -> channel.read(ByteBuffer.allocate(10));
	}

	private static Call readString(WaitRulesIT test) throws Exception {
		Path pipe = pipe();
		test.open(() -> new RandomAccessFile(pipe.toFile(), "rw").close());
		return () -> Files.readString(pipe);
	}

	private static Call process(WaitRulesIT test) throws Exception {
		Process process = new ProcessBuilder("sleep", "3600").start();
		test.open(process::destroy);
		return process::waitFor;
	}

	private synchronized <T extends AutoCloseable> T open(T resource) {
		this.opened.push(resource);
		return resource;
	}

	private ServerSocket listen(int backlog) throws IOException {
		return open(new ServerSocket(0, backlog, InetAddress.getLoopbackAddress()));
	}

	/**
	 * To a server that never answers.
	 */
	private Socket connect() throws IOException {
		ServerSocket server = listen(50);
		return open(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
	}

	private URI silence() throws IOException {
		return address(listen(50));
	}

	private static URI address(ServerSocket server) {
		return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
	}

	private static Path pipe() throws IOException {
		Path pipe = Files.createTempDirectory(directory, "pipe").resolve("pipe");
		Assumptions.assumeTrue(Command.succeeds("mkfifo", pipe.toString()), "needs mkfifo");
		return pipe;
	}

	/**
	 * A pipe that is open at both ends and empty, until a byte ends the wait.
	 */
	private Path emptyPipe() throws IOException {
		Path pipe = pipe();
		RandomAccessFile both = open(new RandomAccessFile(pipe.toFile(), "rw"));
		open(() -> both.write(1));
		return pipe;
	}

	/**
	 * Creates a thread.
	 */
	private interface ThreadFactory {

		Thread create(Runnable work) throws Exception;

	}

	/**
	 * Opens what is needed for a wait.
	 */
	private interface SetUp {

		Call prepare(WaitRulesIT test) throws Exception;

	}

	/**
	 * What waits.
	 */
	private interface Call {

		void run() throws Exception;

	}

	private record Wait(String name, TimeCategory category, SetUp setUp) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	private record State(Thread.State state, StackTraceElement[] stack) {

		State(Thread thread) {
			this(thread.getState(), thread.getStackTrace());
		}

		boolean isWait() {
			return this.stack.length > 0 && (this.state != Thread.State.RUNNABLE || this.stack[0].isNativeMethod());
		}

		TimeCategory classify() {
			return RULES.classify(this.state, this.stack);
		}

		@Override
		public String toString() {
			return this.state + " " + Arrays.toString(this.stack).replace(", ", "\n");
		}

	}

}
