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
	}

	/**
	 * Status 503.
	 *
	 * @param error why the profiler does not run
	 * @param state where its session stands
	 * @param advice what to do about that, if anything
	 */
	record ProfilerUnavailable(String error, String state, @Nullable String advice) implements Problem {

		static ProfilerUnavailable of(EngineStatus status) {
			String error = (status.message() != null) ? status.message()
					: "The profiler is " + status.state().id() + " and there is no sample yet";
			return new ProfilerUnavailable(error, status.state().id(), status.advice());
		}

	}

}
