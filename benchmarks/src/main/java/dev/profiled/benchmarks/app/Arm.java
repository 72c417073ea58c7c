package dev.profiled.benchmarks.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an application is measured with.
 */
public enum Arm {

	/**
	 * Nothing of the starter's.
	 */
	BARE("no starter"),

	/**
	 * The same again: whatever differs between the two is chance.
	 */
	CONTROL("no starter, again (control)"),

	/**
	 * The profiler's native library is loaded, and nothing done with it.
	 */
	LOADED("no starter, library loaded"),

	/**
	 * The same, with a count of the requests: what starts and stops the profiler is
	 * outside.
	 */
	COUNTED("library loaded, requests counted"),

	/**
	 * The starter is there, but no handler is annotated.
	 */
	UNANNOTATED("starter, not annotated"),

	/**
	 * The session is armed, but the handlers called are not annotated.
	 */
	ARMED("starter, session armed, not annotated"),

	/**
	 * All requests are profiled.
	 */
	ANNOTATED("starter, every request profiled"),

	/**
	 * One request is profiled at a time, and the others are not.
	 */
	ONE_PLACE("starter, one request profiled at a time"),

	/**
	 * The profiler is started and stopped by each request.
	 */
	START_STOP("start and stop per request");

	private final String title;

	Arm(String title) {
		this.title = title;
	}

	public String title() {
		return this.title;
	}

	/**
	 * Return the arms in another order each turn, so that none always comes first.
	 * @param arms the arms
	 * @param turn the turn
	 * @return all of them
	 */
	public static List<Arm> inTurn(List<Arm> arms, int turn) {
		List<Arm> order = new ArrayList<>(arms);
		Collections.rotate(order, turn);
		return order;
	}

	boolean hasOnlyLibrary() {
		return this == LOADED || this == COUNTED;
	}

	boolean hasStarter() {
		return this == UNANNOTATED || isArmed();
	}

	/**
	 * Return whether the starter's session is armed as long as the application runs.
	 * @return whether it is
	 */
	public boolean isArmed() {
		return this == ARMED || this == ANNOTATED || this == ONE_PLACE;
	}

	// more than there are connections, so that no request goes unprofiled
	int places() {
		return (this == ONE_PLACE) ? 1 : 64;
	}

}
