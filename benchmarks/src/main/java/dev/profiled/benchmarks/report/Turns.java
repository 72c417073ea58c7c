package dev.profiled.benchmarks.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measurements by turns, in each round in another order, so that what the machine does
 * meanwhile hits all alike. The orders are the same in each run.
 */
public final class Turns {

	private static final long SEED = 42;

	private Turns() {
	}

	/**
	 * Measure each subject once a round.
	 * @param <T> the type of the subjects
	 * @param rounds the number of rounds
	 * @param subjects what is measured
	 * @param turn measures one of them
	 * @throws IOException if a turn fails
	 * @throws InterruptedException if this thread is interrupted
	 */
	public static <T> void take(int rounds, Collection<T> subjects, Turn<T> turn)
			throws IOException, InterruptedException {
		List<T> order = new ArrayList<>(subjects);
		Random random = new Random(SEED);
		for (int round = 0; round < rounds; round++) {
			System.out.println("Round " + (round + 1) + " of " + rounds);
			Collections.shuffle(order, random);
			for (T subject : order) {
				turn.take(subject);
			}
		}
	}

	/**
	 * Measures one subject.
	 *
	 * @param <T> its type
	 */
	@FunctionalInterface
	public interface Turn<T> {

		void take(T subject) throws IOException, InterruptedException;

	}

}
