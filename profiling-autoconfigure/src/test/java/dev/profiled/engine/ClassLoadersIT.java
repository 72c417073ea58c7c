package dev.profiled.engine;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.request.SkipReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several applications in one JVM, with copies of the classes of their own or without.
 * The copy that cannot be unloaded comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class ClassLoadersIT {

	@TempDir
	Path directory;

	@Test
	@Order(1)
	void enginesOfOneClassLoaderShareASessionAndEachHasItsOwnRequests() {
		try (ProfiledWork first = startedByAnApplication(); Traffic orders = new Traffic(first, "orders")) {
			orders.isProfiled();
			try (ProfiledWork second = app().start(); Traffic invoices = new Traffic(second, "invoices")) {
				invoices.isProfiled();
				orders.isProfiled();
				assertThat(recordings()).hasSize(1);
				assertThat(harvesters()).singleElement()
					.extracting(Thread::getContextClassLoader)
					.isSameAs(ProfilerEngine.class.getClassLoader());
				assertThat(first.repository().summaries()).extracting((summary) -> summary.endpoint().name())
					.containsExactly("orders");
				assertThat(second.repository().summaries()).extracting((summary) -> summary.endpoint().name())
					.containsExactly("invoices");
			}
			orders.isProfiled();
			assertThat(first.engine().status().state()).isEqualTo(EngineState.ARMED);
		}
		assertThat(recordings()).isEmpty();
	}

	@Test
	@Order(2)
	void aRequestOfAClosedEngineDoesNotArmTheOthers() {
		try (ProfiledWork first = app().start(); Traffic orders = new Traffic(first, "orders")) {
			ProfiledWork second = app().start();
			second.close();
			assertThat(second.request(second.endpoint("late"), () -> {
			})).isFalse();
			assertThat(second.endpoint("late").skippedCount(SkipReason.UNAVAILABLE)).isOne();
			assertThat(second.engine().status().state()).isEqualTo(EngineState.OFF);
			orders.isProfiled();
		}
	}

	@Test
	@Order(3)
	void theCopyOfAnotherClassLoaderTakesOverWhenTheFirstIsClosed() throws Exception {
		try (URLClassLoader loader = copy(); AutoCloseable copy = newApp(loader)) {
			try (ProfiledWork app = app().start(); Traffic traffic = new Traffic(app, "orders")) {
				traffic.isProfiled();
				tell(copy, "start");
				assertThat(tell(copy, "state", "SUSPENDED")).contains("Another copy of this library");
				tell(copy, "skipped", "UNAVAILABLE");
				traffic.isProfiled();
				assertThat(app.engine().status().state()).isEqualTo(EngineState.ARMED);
			}
			tell(copy, "state", "ARMED");
			tell(copy, "profiled");
			try (ProfiledWork app = app(); Traffic traffic = new Traffic(app, "orders")) {
				app.engine().start();
				assertThat(app.awaitState(EngineState.SUSPENDED).message()).contains("Another copy of this library");
				traffic.isSkipped(SkipReason.UNAVAILABLE);
				tell(copy, "stop");
				app.awaitState(EngineState.ARMED);
				traffic.isProfiled();
			}
		}
	}

	@Test
	@Order(4)
	void whenAnotherCopyOfTheProfilerIsLoadedThenTheStatusNamesItAndDoesSoAfterARestart() throws Exception {
		try (URLClassLoader loader = copy()) {
			try (ProfiledWork app = app().start(); Traffic traffic = new Traffic(app, "orders")) {
				traffic.isProfiled();
				Class<?> profiler = loader.loadClass("one.profiler.AsyncProfiler");
				profiler.getMethod("getInstance").invoke(null);
				// that is seen when there is something to harvest, or somebody asks
				EngineStatus status = app.harvested(() -> app.awaitState(EngineState.SUSPENDED));
				assertThat(status.message()).contains("Another profiler is loaded")
					.containsPattern("/\\S+asyncProfiler");
				assertThat(status.advice()).contains("Start the application without it");
				traffic.isSkipped(SkipReason.UNAVAILABLE);
			}
			try (ProfiledWork restarted = app()) {
				restarted.engine().start();
				assertThat(restarted.awaitState(EngineState.SUSPENDED).message())
					.contains("Another profiler is loaded");
			}
		}
		assertThat(recordings()).isEmpty();
	}

	private ProfiledWork app() {
		return new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(1), this.directory));
	}

	// With a class loader of its own, as in a server.
	private ProfiledWork startedByAnApplication() {
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		thread.setContextClassLoader(new URLClassLoader(new URL[0], loader));
		try {
			return app().start();
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}

	private List<Path> recordings() {
		return ProfiledWork.recordings(this.directory);
	}

	private static List<Thread> harvesters() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("profiled-harvester"))
			.toList();
	}

	private static URLClassLoader copy() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : ChildJvm.classPath().split(File.pathSeparator)) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	private AutoCloseable newApp(ClassLoader loader) throws ReflectiveOperationException {
		Constructor<?> constructor = loader.loadClass(IsolatedApp.class.getName()).getDeclaredConstructor(Path.class);
		constructor.setAccessible(true);
		return (AutoCloseable) constructor.newInstance(this.directory);
	}

	private static String tell(Object copy, String what, String... arguments) throws ReflectiveOperationException {
		for (Method method : copy.getClass().getMethods()) {
			if (method.getName().equals(what)) {
				return String.valueOf(method.invoke(copy, (Object[]) arguments));
			}
		}
		throw new IllegalArgumentException(what);
	}

	/**
	 * An application that is told what to do through another class loader.
	 */
	public static final class IsolatedApp implements AutoCloseable {

		private final ProfiledWork app;

		private final Traffic traffic;

		private boolean stopped;

		IsolatedApp(Path directory) {
			this.app = new ProfiledWork(1, ProfiledWork.options(Duration.ofMillis(1), directory));
			this.traffic = new Traffic(this.app, "copy");
		}

		public void start() {
			this.app.engine().start();
		}

		public String state(String state) {
			return String.valueOf(this.app.awaitState(EngineState.valueOf(state)).message());
		}

		public void skipped(String reason) {
			this.traffic.isSkipped(SkipReason.valueOf(reason));
		}

		public void profiled() {
			this.traffic.isProfiled();
		}

		public void stop() {
			if (!this.stopped) {
				this.stopped = true;
				this.traffic.close();
				this.app.close();
			}
		}

		@Override
		public void close() {
			stop();
		}

	}

}
