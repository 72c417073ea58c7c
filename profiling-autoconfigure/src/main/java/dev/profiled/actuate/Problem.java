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
			String shortened = (name.length() > MAX_LENGTH) ? name.substring(0, MAX_LENGTH) + "…" : name;
			return new UnknownName("No endpoint is profiled under the name '" + shortened + "'", names);
		}

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
			String state = status.state().id();
			return new ProfilerUnavailable("There is nothing to draw, and the profiler is " + state, state,
					status.message(), status.advice());
		}

	}

}
