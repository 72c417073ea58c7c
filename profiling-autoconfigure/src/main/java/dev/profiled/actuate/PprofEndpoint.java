package dev.profiled.actuate;

import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.lang.Nullable;
import org.springframework.util.MimeTypeUtils;

import dev.profiled.engine.CaptureRefusedException;
import dev.profiled.engine.EngineStatus;
import dev.profiled.engine.ProcessCapture;
import dev.profiled.engine.ProfilerEngine;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.render.ThreadsRenderer;

/**
 * The actuator endpoint that profiles the whole process for a while, as Go's
 * {@code net/http/pprof} does. What it captures comes from the session that profiles
 * requests, so that both go on at once.
 */
@WebEndpoint(id = "pprof", defaultAccess = Access.READ_ONLY)
public class PprofEndpoint {

	private static final Log logger = LogFactory.getLog(PprofEndpoint.class);

	private static final Map<String, ProfileEvent> EVENTS = Map.of("profile", ProfileEvent.CPU, "allocs",
			ProfileEvent.ALLOC, "block", ProfileEvent.LOCK);

	private static final Map<String, String> PROFILES = profiles();

	private static final int DEFAULT_SECONDS = 30;

	private static final int MAX_SECONDS = 300;

	/**
	 * Past its time, before a capture is taken for forgotten.
	 */
	private static final int GRACE_SECONDS = 60;

	private static final int TOO_MANY_REQUESTS = 429;

	private final ProfilerEngine engine;

	private final QueryParameters parameters;

	/**
	 * Create the endpoint.
	 * @param engine the profiler
	 * @param parameters the query parameters of a request
	 */
	public PprofEndpoint(ProfilerEngine engine, QueryParameters parameters) {
		this.engine = engine;
		this.parameters = parameters;
	}

	private static Map<String, String> profiles() {
		Map<String, String> profiles = new LinkedHashMap<>();
		profiles.put("profile", "CPU time of all threads, for ?seconds= (30)");
		profiles.put("allocs", "Allocated bytes, by where they were allocated, for ?seconds= (30)");
		profiles.put("block", "Waits for locks, for ?seconds= (30)");
		profiles.put("trace", "A recording of all that in JFR's format, for ?seconds= (30)");
		profiles.put("threads", "The stacks of all platform threads now; ?format=text (as is), or pprof");
		return profiles;
	}

	/**
	 * Return what can be captured, and what is.
	 * @return the index
	 */
	@ReadOperation
	public Index index() {
		this.parameters.reportUnknown(Set.of());
		EngineStatus status = this.engine.status();
		return new Index(status.state().id(), status.message(), status.advice(), PROFILES,
				this.engine.captures().stream().map(Capture::of).toList());
	}

	/**
	 * Return a profile of the process.
	 * @param profile which
	 * @param seconds for how long to capture
	 * @param format the format of the stacks of threads
	 * @return the profile, when its time is over
	 */
	@ReadOperation
	public WebEndpointResponse<?> profile(@Selector String profile, @Nullable String seconds, @Nullable String format) {
		ProfileEvent event = EVENTS.get(profile);
		try {
			if (event != null || profile.equals("trace")) {
				return capture(profile, event, seconds);
			}
			return profile.equals("threads") ? threads(format) : unknown(profile);
		}
		catch (InvalidParameterException ex) {
			return ex.problem().withStatus(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private WebEndpointResponse<?> capture(String profile, @Nullable ProfileEvent event, @Nullable String value)
			throws InvalidParameterException {
		this.parameters.reportUnknown(Set.of("seconds"));
		int seconds = (int) new Parameters((name) -> value).number("seconds", 1, MAX_SECONDS, DEFAULT_SECONDS);
		try {
			ProcessCapture capture = this.engine.capture(profile + " for " + seconds + " s",
					Duration.ofSeconds(seconds + GRACE_SECONDS), event == null);
			Flushable response = this.parameters.response();
			logger.info("Capturing " + capture.name());
			return (event != null)
					? document(capture, new CaptureDocument(capture, event, seconds, response), profile + ".pb.gz")
					: document(capture, new RecordingDocument(this.engine, capture, seconds, response), "trace.jfr");
		}
		catch (CaptureRefusedException ex) {
			EngineStatus status = this.engine.status();
			return ex.isBusy()
					? new Problem.TooManyCaptures("Too many captures are under way. Try again when one has ended.",
							this.engine.captures().stream().map(ProcessCapture::name).toList())
						.withStatus(TOO_MANY_REQUESTS)
					: Problem.ProfilerUnavailable
						.of("Nothing can be captured: the profiler is " + status.state().id(), status)
						.withStatus(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private WebEndpointResponse<?> threads(@Nullable String value) throws InvalidParameterException {
		this.parameters.reportUnknown(Set.of("format"));
		Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
		return switch (new Parameters((name) -> value).choice("format", List.of("text", "pprof"), (id) -> id, "text")) {
			case "pprof" ->
				document(StreamedDocument.of((out) -> ThreadsRenderer.renderPprof(stacks, out)), "threads.pb.gz");
			default -> new WebEndpointResponse<>(ThreadsRenderer.renderText(stacks), WebEndpointResponse.STATUS_OK,
					MimeTypeUtils.parseMimeType("text/plain;charset=UTF-8"));
		};
	}

	private WebEndpointResponse<?> document(ProcessCapture capture, StreamedDocument.Content content, String name) {
		return document(StreamedDocument.of((out) -> {
			try (capture) {
				content.writeTo(out);
				logger.info("Captured " + capture.name());
			}
			catch (IOException ex) {
				logger.info("Gave up capturing " + capture.name() + ": " + ex.getMessage());
				throw ex;
			}
		}), name);
	}

	private WebEndpointResponse<?> document(Resource document, String name) {
		this.parameters.nameDownload(name);
		return new WebEndpointResponse<>(document, WebEndpointResponse.STATUS_OK,
				MimeTypeUtils.APPLICATION_OCTET_STREAM);
	}

	private WebEndpointResponse<?> unknown(String profile) {
		this.parameters.reportUnknown(Set.of());
		return Problem.UnknownName.ofProfile(profile, List.copyOf(PROFILES.keySet()))
			.withStatus(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * What can be captured, and what is.
	 *
	 * @param state where the profiler's session stands
	 * @param message why it does not run, if it does not
	 * @param advice what to do about that
	 * @param profiles the profiles by the last part of their address, and what they are
	 * @param captures the captures under way
	 */
	public record Index(String state, @Nullable String message, @Nullable String advice, Map<String, String> profiles,
			List<Capture> captures) implements OperationResponseBody {
	}

	/**
	 * A capture under way.
	 *
	 * @param name what is captured, and for how long
	 * @param since when it began
	 */
	public record Capture(String name, Instant since) {

		static Capture of(ProcessCapture capture) {
			return new Capture(capture.name(), capture.start());
		}

	}

}
