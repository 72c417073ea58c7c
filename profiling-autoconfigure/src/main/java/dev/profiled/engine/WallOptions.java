package dev.profiled.engine;

import java.time.Duration;
import java.util.Map;

/**
 * How threads are looked at while they serve profiled requests.
 *
 * @param interval the time between two looks at a thread, or zero for never
 * @param budget how much of one core this may take; with more it is done more rarely
 * @param rules what tells the waits
 */
public record WallOptions(Duration interval, double budget, WaitRules rules) {

	/**
	 * Threads are not looked at.
	 */
	public static final WallOptions OFF = new WallOptions(Duration.ZERO, 0, WaitRules.of(Map.of()));

	boolean isOn() {
		return !this.interval.isZero();
	}

}
