package dev.profiled.web;

import java.util.function.Consumer;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

import dev.profiled.code.WarnOnce;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.RequestProfiler;
import dev.profiled.request.RequestWindow;

/**
 * Opens a window as a profiled handler is called and closes it when the request has been
 * answered. Whatever goes wrong with that, the request goes on.
 */
public final class ProfilingHandlerInterceptor implements AsyncHandlerInterceptor {

	private final ProfiledHandlers handlers;

	private final RequestProfiler profiler;

	private final WarnOnce failures = new WarnOnce(ProfilingHandlerInterceptor.class);

	/**
	 * Create an interceptor.
	 * @param handlers knows which handlers are profiled
	 * @param profiler opens and closes the windows
	 */
	public ProfilingHandlerInterceptor(ProfiledHandlers handlers, RequestProfiler profiler) {
		this.handlers = handlers;
		this.profiler = profiler;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		ProfiledEndpoint endpoint = resolve(request, handler);
		if (endpoint != null) {
			push(request, open(request, endpoint));
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception exception) {
		pop(request, handler, this.profiler::close);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		pop(request, handler, this.profiler::closeAsync);
	}

	private @Nullable ProfiledEndpoint resolve(HttpServletRequest request, Object handler) {
		try {
			return (handler instanceof HandlerMethod method) ? this.handlers.resolve(method, request) : null;
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return null;
		}
	}

	private @Nullable RequestWindow open(HttpServletRequest request, ProfiledEndpoint endpoint) {
		DispatcherType dispatch = request.getDispatcherType();
		// The end of an asynchronous request: the beginning is not known any more.
		if (dispatch == DispatcherType.ASYNC) {
			return null;
		}
		try {
			return this.profiler.open(endpoint, dispatch != DispatcherType.REQUEST);
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return null;
		}
	}

	private void push(HttpServletRequest request, @Nullable RequestWindow window) {
		try {
			OpenWindows.push(request, window);
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	private void pop(HttpServletRequest request, Object handler, Consumer<RequestWindow> end) {
		try {
			RequestWindow window = (resolve(request, handler) != null) ? OpenWindows.pop(request) : null;
			if (window != null) {
				end.accept(window);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		this.failures.log(() -> "A request could not be profiled.", ex);
	}

}
