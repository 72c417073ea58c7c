package dev.profiled.benchmarks.app;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Counts requests, so that a load need not stop to be measured.
 */
public final class RequestCounter implements Filter {

	private final LongAdder requests = new LongAdder();

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, response);
		this.requests.increment();
	}

	public long requests() {
		return this.requests.sum();
	}

}
