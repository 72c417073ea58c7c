package dev.profiled.benchmarks.app;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import one.profiler.AsyncProfiler;

/**
 * Starts the profiler as a request comes in and stops it as it goes out, as the
 * middleware for Go does. It belongs to the whole process, so that it can serve one
 * request at a time; others go unprofiled.
 */
final class StartStopFilter implements Filter {

	private final AsyncProfiler profiler = AsyncProfiler.getInstance();

	private volatile int characters;

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		this.profiler.execute("start,event=cpu,interval=9973us,loglevel=error");
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.characters = this.profiler.execute("stop,collapsed,loglevel=error").length();
		}
	}

	int characters() {
		return this.characters;
	}

}
