package dev.profiled.attribution;

/**
 * What was sampled while requests were served.
 *
 * @param waits whether what threads waited for was sampled, too
 * @param approximateCpu whether CPU samples were taken where the JVM lets threads be
 * looked at
 * @param pauses the pauses of the JVM in that time, if {@code waits}
 */
public record Sampling(boolean waits, boolean approximateCpu, Pauses pauses) {

	/**
	 * CPU time alone.
	 */
	public static final Sampling CPU_ONLY = new Sampling(false, false, Pauses.NONE);

}
