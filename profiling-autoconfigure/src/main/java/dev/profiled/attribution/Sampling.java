package dev.profiled.attribution;

import java.util.List;

/**
 * What was sampled while requests were served.
 *
 * @param waits whether what threads waited for was sampled, too
 * @param approximateCpu whether CPU samples were taken where the JVM lets threads be
 * looked at
 * @param pauses the pauses of the JVM in that time, in their order, if {@code waits}
 */
public record Sampling(boolean waits, boolean approximateCpu, List<Pause> pauses) {

	/**
	 * CPU time alone.
	 */
	public static final Sampling CPU_ONLY = new Sampling(false, false, List.of());

	public Sampling {
		pauses = List.copyOf(pauses);
	}

}
