package dev.profiled.attribution;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackTrace;

/**
 * One sample.
 *
 * @param event what was sampled
 * @param threadId the id of the Java thread
 * @param time when, of {@link System#nanoTime()}
 * @param stack what the thread was doing
 * @param weight what it stands for, in the unit of the event
 */
public record Sample(ProfileEvent event, long threadId, long time, StackTrace stack, long weight) {

	/**
	 * Return this sample with another weight.
	 * @param weight the weight, in the unit of the event
	 * @return the sample
	 */
	public Sample weighing(long weight) {
		return new Sample(this.event, this.threadId, this.time, this.stack, weight);
	}

}
