package dev.profiled.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import dev.profiled.profile.TimeCategory;

/**
 * A request of 100 ms that burns CPU, sleeps, waits for a lock and for a peer, and
 * measures how long it really did each. Peers and holders of locks are threads of this
 * process, and tell when they let go: from then on the request waits for a core.
 */
final class WaitingWork implements AutoCloseable {

	private final Map<TimeCategory, LongAdder> truth = new EnumMap<>(TimeCategory.class);

	private final ServerSocket server;

	private volatile long answered;

	private volatile boolean closed;

	WaitingWork() throws IOException {
		for (TimeCategory category : TimeCategory.values()) {
			this.truth.put(category, new LongAdder());
		}
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		daemon(this::accept);
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "peer");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.closed) {
			try {
				Socket socket = this.server.accept();
				daemon(() -> answer(socket));
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	// Each byte is answered after so many milliseconds.
	private void answer(Socket socket) {
		try (socket) {
			for (int millis = socket.getInputStream().read(); millis >= 0; millis = socket.getInputStream().read()) {
				Thread.sleep(millis);
				this.answered = System.nanoTime();
				socket.getOutputStream().write(1);
			}
		}
		catch (IOException | InterruptedException ex) {
			// closed
		}
	}

	/**
	 * Return how long requests really did what.
	 * @return the time in ns, by category
	 */
	Map<TimeCategory, Long> truth() {
		Map<TimeCategory, Long> truth = new EnumMap<>(TimeCategory.class);
		this.truth.forEach((category, nanos) -> truth.put(category, nanos.sum()));
		return truth;
	}

	Client client() throws IOException {
		return new Client(new Socket(this.server.getInetAddress(), this.server.getLocalPort()));
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.server.close();
	}

	/**
	 * What one thread needs to serve requests.
	 */
	final class Client implements AutoCloseable {

		private final Socket socket;

		private final ReentrantLock lock = new ReentrantLock();

		private final SynchronousQueue<Integer> holds = new SynchronousQueue<>();

		private final SynchronousQueue<Boolean> held = new SynchronousQueue<>();

		private volatile long released;

		Client(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
			daemon(this::hold);
		}

		private void hold() {
			try {
				while (!WaitingWork.this.closed) {
					Integer millis = this.holds.poll(1, TimeUnit.SECONDS);
					if (millis != null) {
						this.lock.lock();
						this.held.put(true);
						Thread.sleep(millis);
						this.released = System.nanoTime();
						this.lock.unlock();
					}
				}
			}
			catch (InterruptedException ex) {
				// ended
			}
		}

		void request() {
			try {
				burn(30);
				sleep(30);
				// the hand-over is nobody's
				this.holds.put(20);
				this.held.take();
				waitForLock();
				askPeer(20);
			}
			catch (InterruptedException | IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		// Virtual threads have no clock of their CPU time: it is the elapsed time, if the
		// machine is quiet.
		private void burn(int millis) {
			boolean hasClock = ProfiledWork.cpuTime() >= 0;
			long start = System.nanoTime();
			long from = hasClock ? ProfiledWork.cpuTime() : start;
			long now = from;
			while (now - from < TimeUnit.MILLISECONDS.toNanos(millis)) {
				ProfiledWork.spin();
				now = hasClock ? ProfiledWork.cpuTime() : System.nanoTime();
			}
			add(TimeCategory.CPU, now - from);
			add(TimeCategory.CORE, System.nanoTime() - start - (now - from));
		}

		private void sleep(int millis) throws InterruptedException {
			Thread.sleep(millis);
			add(TimeCategory.SLEEP, TimeUnit.MILLISECONDS.toNanos(millis));
		}

		private void waitForLock() {
			long start = System.nanoTime();
			this.lock.lock();
			add(TimeCategory.LOCK, this.released - start);
			this.lock.unlock();
		}

		private void askPeer(int millis) throws IOException {
			long start = System.nanoTime();
			this.socket.getOutputStream().write(millis);
			if (this.socket.getInputStream().read() < 0) {
				throw new UncheckedIOException(new IOException("The peer has gone"));
			}
			add(TimeCategory.SOCKET, WaitingWork.this.answered - start);
		}

		private void add(TimeCategory category, long nanos) {
			WaitingWork.this.truth.get(category).add(nanos);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
