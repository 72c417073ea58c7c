package dev.profiled.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.profiled.engine.EngineStatus;

/**
 * The answers to a request that cannot be fulfilled: JSON, whatever was asked for.
 */
interface Problem extends OperationResponseBody {

	default WebEndpointResponse<Problem> withStatus(int status) {
		return new WebEndpointResponse<>(this, status, FlameGraphFormat.JSON.getProducedMimeType());
	}

	/**
	 * Status 400.
	 *
	 * @param error what is wrong
	 * @param parameter the parameter
	 * @param value its value
	 * @param allowed what is allowed
	 */
	record InvalidParameter(String error, String parameter, String value, List<String> allowed) implements Problem {
	}

	/**
	 * Status 404.
	 *
	 * @param error what is wrong
	 * @param names the names there are
	 */
	record UnknownName(String error, List<String> names) implements Problem {

		private static final int MAX_LENGTH = 100;

		static UnknownName of(String name, List<String> names) {
			return new UnknownName("No endpoint is profiled under the name '" + shortened(name) + "'", names);
		}

		static UnknownName ofProfile(String name, List<String> names) {
			return new UnknownName("There is no profile '" + shortened(name) + "' of the process", names);
		}

		private static String shortened(String name) {
			return (name.length() > MAX_LENGTH) ? name.substring(0, MAX_LENGTH) + "…" : name;
		}

	}

	/**
	 * Status 429.
	 *
	 * @param error what is wrong
	 * @param captures what is being captured
	 */
	record TooManyCaptures(String error, List<String> captures) implements Problem {
	}

	/**
	 * Status 503.
	 *
	 * @param error what is wrong
	 * @param state where the profiler's session stands
	 * @param message why the profiler does not run, as in the index
	 * @param advice what to do about that, if anything, as in the index
	 */
	record ProfilerUnavailable(String error, String state, @Nullable String message,
			@Nullable String advice) implements Problem {

		static ProfilerUnavailable of(EngineStatus status) {
			return of("There is nothing to draw, and the profiler is " + status.state().id(), status);
		}

		static ProfilerUnavailable of(String error, EngineStatus status) {
			return new ProfilerUnavailable(error, status.state().id(), status.message(), status.advice());
		}

	}

}
