package dev.profiled.metrics;

/**
 * The meters, their tags and their descriptions.
 */
enum ProfilingMeter {

	REQUESTS_PROFILED("profiling.requests.profiled", "Requests that were profiled"),

	REQUESTS_SKIPPED("profiling.requests.skipped", "Requests of profiled endpoints that were not profiled"),

	REQUESTS_IN_FLIGHT("profiling.requests.inflight", "Requests being profiled at the last harvest"),

	SAMPLES("profiling.samples", "Samples taken"),

	SAMPLES_DISCARDED("profiling.samples.discarded", "Samples of requests that could not be counted"),

	SAMPLES_SKIPPED("profiling.samples.skipped", "Samples that the profiler could not take"),

	SAMPLES_IN_FLIGHT("profiling.samples.inflight", "Samples that requests under way had at the last harvest"),

	SAMPLES_TRUNCATED("profiling.samples.truncated", "Samples in the profile whose stack was cut off by a bound"),

	HARVEST("profiling.harvest", "Time spent collecting samples"),

	HARVEST_FAILED("profiling.harvest.failed", "Collections that lost samples"),

	ENGINE_STATE("profiling.engine.state", "1 for the state that the profiler is in, 0 for the others"),

	STORE_ENDPOINTS("profiling.store.endpoints", "Profiled endpoints"),

	STORE_REFUSED("profiling.store.refused", "Endpoints that there was no room for"),

	STORE_STACKS("profiling.store.stacks", "Distinct stacks in the profile");

	static final String ENDPOINT = "endpoint";

	static final String REASON = "reason";

	static final String ATTRIBUTED = "attributed";

	static final String STATE = "state";

	private final String id;

	private final String description;

	ProfilingMeter(String id, String description) {
		this.id = id;
		this.description = description;
	}

	String id() {
		return this.id;
	}

	String description() {
		return this.description;
	}

}
