package dev.profiled.code;

import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.Endpoint;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

/**
 * Profiles code that is not a controller's, under a name of its own: a scheduled job, a
 * listener, or a part of a request. A bean of this type is there to be injected.
 *
 * <pre class="code">
 * Invoice invoice = profiler.call("invoice-pdf", () -&gt; renderer.render(order));
 * </pre>
 *
 * Code inside other code that is profiled has a profile of its own, and is a part of the
 * other's, too: samples belong to the innermost name, and are in the totals of those
 * around it. It needs no place of its own either. Otherwise it is profiled as a request
 * is, and counted as one: with {@code profiling.max-concurrent-requests}, one call at a
 * time by default.
 * <p>
 * What is thrown is what the code throws: that something cannot be profiled never is.
 * Thread-safe. What the code does on other threads is not in its profile.
 */
public final class CodeProfiler {

	private final ProfiledMethods methods;

	private final RequestProfiler profiler;

	private final WarnOnce failures = new WarnOnce(CodeProfiler.class);

	/**
	 * Create a profiler.
	 * @param methods makes room for new names
	 * @param profiler opens and closes the windows
	 */
	public CodeProfiler(ProfiledMethods methods, RequestProfiler profiler) {
		this.methods = methods;
		this.profiler = profiler;
	}

	/**
	 * Run code under a name.
	 * @param <T> what it returns
	 * @param name the name, as of {@link dev.profiled.Profiled#value()}; characters that
	 * are not allowed there become {@code '_'}. There is room for
	 * {@code profiling.max-endpoints} names: what comes after runs without being profiled
	 * @param code the code
	 * @return what it returns
	 * @throws Exception what it throws
	 */
	public <T extends @Nullable Object> T call(String name, Callable<T> code) throws Exception {
		RequestWindow window = open(name);
		try {
			return code.call();
		}
		finally {
			close(window);
		}
	}

	/**
	 * Run code under a name.
	 * @param name the name, see {@link #call}
	 * @param code the code
	 */
	public void run(String name, Runnable code) {
		RequestWindow window = open(name);
		try {
			code.run();
		}
		finally {
			close(window);
		}
	}

	private @Nullable RequestWindow open(String name) {
		try {
			return open(endpoint(name));
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return null;
		}
	}

	private @Nullable ProfiledEndpoint endpoint(String name) {
		ProfiledEndpoint endpoint = this.methods.find(name);
		return (endpoint != null) ? endpoint
				: this.methods.register(new Endpoint(ProfiledMethod.safe(name), List.of(), List.of()));
	}

	@Nullable RequestWindow open(ProfiledMethod method) {
		try {
			return open(this.methods.resolve(method, List::of));
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return null;
		}
	}

	private @Nullable RequestWindow open(@Nullable ProfiledEndpoint endpoint) {
		return (endpoint != null) ? this.profiler.open(endpoint, true) : null;
	}

	void close(@Nullable RequestWindow window) {
		try {
			if (window != null) {
				this.profiler.close(window);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		this.failures.log(() -> "Code could not be profiled.", ex);
	}

}
