package dev.profiled.attribution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackText;
import dev.profiled.request.RequestWindow;
import dev.profiled.request.Timeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleAttributor}. Samples are drawn below the windows, each as a
 * letter, which is its stack.
 */
class SampleAttributorTests {

	// @formatter:off

	@Test
	void givesASampleToTheWindowThatWasOpenOnItsThread() {
		assertThat(attribute(
				"1 A          [------]        ",
				"2 B             [--------]   ",
				"1         a    b    c    d   ",
				"2         e     f g      h  i"))
			.containsExactly("A b c", "B f g h", "- a d e i");
	}

	@Test
	void countsBothEndsOfAWindowToIt() {
		assertThat(attribute(
				"1 A          [----]  ",
				"1           ab    cd "))
			.containsExactly("A b c", "- a d");
	}

	@Test
	void givesTheMomentBetweenTwoWindowsToTheLater() {
		assertThat(attribute(
				"1 A       [---]       ",
				"1 B           [---]   ",
				"1            abc     "))
			.containsExactly("A a", "B b c");
	}

	@Test
	void tellsTheRequestsOfOneThreadApart() {
		assertThat(attribute(
				"1 A       [--] ",
				"1 B            [--]",
				"1 A                 [--]",
				"1         a  b c  d e  f "))
			.containsExactly("A a b", "B c d", "A e f");
	}

	@Test
	void countsSamplesBetweenRequestsToNobody() {
		assertThat(attribute(
				"1 A       [--]         ",
				"1 A               [--] ",
				"1             ab       "))
			.containsExactly("- a b");
	}

	@Test
	void givesASampleOfNestedWindowsToEach() {
		assertThat(attribute(
				"1 A       [-----------------] ",
				"1 B           [-----]         ",
				"1 C              [-]          ",
				"1 D                    [--]   ",
				"1         a   b   c d e   f gh"))
			.containsExactly("A a b c d e f g", "B b c d", "C c", "D f", "- h");
	}

	@Test
	void givesASampleOnceToAnEndpointThatCallsItself() {
		assertThat(attribute(
				"1 A       [-----------------] ",
				"1 A           [-----]         ",
				"1 B              [-]          ",
				"1         a   b   c d e       "))
			.containsExactly("A a e", "A b c d", "B c");
	}

	@Test
	void givesASampleOnceToAnEndpointThatCallsItselfThroughAnother() {
		assertThat(attribute(
				"1 A       [-----------------] ",
				"1 B           [---------]     ",
				"1 A              [-]          ",
				"1         a   b   c     e f   "))
			.containsExactly("A a b e f", "B b c e", "A c");
	}

	@Test
	void givesSamplesToAWindowThatIsStillOpen() {
		assertThat(attribute(
				"1 A           [------------",
				"1 B              [--]      ",
				"1         a   b  c  d    e "))
			.containsExactly("A b c d e", "B c d", "- a");
	}

	@Test
	void findsTheOuterWindowBehindManyInnerOnes() {
		assertThat(attribute(
				"1 A       [------------------------]",
				"1 B         [] ",
				"1 B            [] ",
				"1 B               [] ",
				"1 B                  [] ",
				"1                       a           ",
				"1                        b "))
			.containsExactly("A a b");
	}

	@Test
	void countsSamplesOfUnknownThreadsToNobody() {
		assertThat(attribute(
				"1 A       [----]",
				"2           a   "))
			.containsExactly("- a");
	}

	// @formatter:on

	@Test
	void takesAWindowOfOneMoment() {
		SampleAttributor attributor = new SampleAttributor();
		RequestWindow window = Timeline.open(new Timeline().endpoint("A"), 1, 5);
		Timeline.end(window, 5, RequestWindow.State.CLOSED);
		attributor.add(window);
		assertThat(attributor.attribute(samples("1             abc"), Pauses.NONE)).extracting(Sample::time)
			.containsExactly(4L, 6L);
	}

	@Test
	void takesTimesAcrossTheOverflowOfTheClock() {
		SampleAttributor attributor = new SampleAttributor();
		RequestWindow before = Timeline.open(new Timeline().endpoint("A"), 1, Long.MAX_VALUE - 100);
		RequestWindow across = Timeline.open(new Timeline().endpoint("A"), 1, Long.MAX_VALUE - 10);
		Timeline.end(before, Long.MAX_VALUE - 50, RequestWindow.State.CLOSED);
		Timeline.end(across, Long.MIN_VALUE + 10, RequestWindow.State.CLOSED);
		attributor.add(before);
		attributor.add(across);
		assertThat(attributor.attribute(List.of(sample(1, Long.MAX_VALUE - 70, "a"),
				sample(1, Long.MAX_VALUE - 20, "b"), sample(1, Long.MAX_VALUE, "c"), sample(1, Long.MIN_VALUE, "d"),
				sample(1, Long.MIN_VALUE + 11, "e")), Pauses.NONE))
			.extracting((sample) -> sample.stack().toString())
			.containsExactly("b", "e");
	}

	@Test
	void findsTheOwnersThatASearchOfAllWindowsFinds() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			Timeline endpoints = new Timeline();
			SampleAttributor attributor = new SampleAttributor();
			List<RequestWindow> windows = new ArrayList<>();
			long time = 0;
			for (int i = 0; i < 30; i++) {
				time += random.nextInt(5);
				RequestWindow window = Timeline.open(endpoints.endpoint("A" + random.nextInt(3)), 1, time);
				time += 1 + random.nextInt(10);
				Timeline.end(window, time, RequestWindow.State.CLOSED);
				time++;
				windows.add(window);
				attributor.add(window);
			}
			List<Sample> samples = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				samples.add(sample(1 + random.nextInt(2), random.nextLong(time + 5), "s" + i));
			}
			attributor.attribute(samples, Pauses.NONE);
			List<List<String>> actual = new ArrayList<>();
			visit(attributor, (request) -> actual.add(StackText.lines(request.takeSamples())));
			List<List<String>> expected = windows.stream()
				.map((window) -> samples.stream()
					.filter((sample) -> sample.threadId() == 1 && sample.time() >= window.start()
							&& sample.time() <= window.end())
					.map((sample) -> sample.stack() + " 1")
					.sorted()
					.toList())
				.toList();
			assertThat(actual).as("seed %d", seed).isEqualTo(expected);
		}
	}

	@Test
	void findsTheOwnersOfSamplesThatComeWithLaterHarvests() {
		for (int seed = 0; seed < 300; seed++) {
			Random random = new Random(seed);
			RandomWindows windows = new RandomWindows(random);
			SampleAttributor attributor = new SampleAttributor();
			Map<Long, List<String>> actual = new TreeMap<>();
			Map<Long, List<String>> expected = new TreeMap<>();
			for (int harvest = 0; harvest < 4; harvest++) {
				windows.open(10).forEach(attributor::add);
				List<Sample> samples = new ArrayList<>();
				for (int i = 0; i < 30; i++) {
					samples.add(sample(1, random.nextLong(windows.time() + 2), harvest + "s" + i));
				}
				List<Sample> rest = attributor.attribute(samples, Pauses.NONE);
				assertThat(rest).containsExactlyElementsOf(
						samples.stream().filter((sample) -> windows.at(sample.time()).isEmpty()).toList());
				samples.forEach((sample) -> windows.at(sample.time())
					.forEach((window) -> expected.computeIfAbsent(window.start(), (start) -> new ArrayList<>())
						.add(sample.stack() + " 1")));
				visit(attributor, (request) -> {
					if (request.sampleCount() > 0) {
						actual.computeIfAbsent(request.window().start(), (start) -> new ArrayList<>())
							.addAll(StackText.lines(request.takeSamples()));
					}
				});
			}
			actual.values().forEach(Collections::sort);
			expected.values().forEach(Collections::sort);
			assertThat(actual).as("seed %d", seed).isEqualTo(expected);
		}
	}

	// The stacks of each window that has any, in the order of opening, then the rest.
	private static List<String> attribute(String... lines) {
		List<String> windows = new ArrayList<>();
		List<Sample> samples = new ArrayList<>();
		for (String line : lines) {
			if (line.contains("[")) {
				windows.add(line);
			}
			else {
				samples.addAll(samples(line));
			}
		}
		SampleAttributor attributor = new SampleAttributor();
		List<RequestWindow> opened = new Timeline(windows.toArray(String[]::new)).windows();
		opened.forEach(attributor::add);
		List<Sample> rest = attributor.attribute(samples, Pauses.NONE);
		List<String> result = new ArrayList<>();
		for (RequestWindow window : opened) {
			visit(attributor, (request) -> {
				if (isSame(request.window(), window) && request.sampleCount() > 0) {
					StringBuilder line = new StringBuilder(window.endpoint().name());
					request.takeSamples().forEach((event, stack, count, weight) -> line.append(" ").append(stack));
					result.add(line.toString());
				}
			});
		}
		if (!rest.isEmpty()) {
			StringBuilder line = new StringBuilder("-");
			rest.forEach((sample) -> line.append(" ").append(sample.stack()));
			result.add(line.toString());
		}
		return result;
	}

	// No two windows here are of the same endpoint and begin at the same time.
	private static boolean isSame(RequestWindow one, RequestWindow other) {
		return one.threadId() == other.threadId() && one.endpoint() == other.endpoint() && one.start() == other.start();
	}

	private static void visit(SampleAttributor attributor, Consumer<TrackedRequest> visitor) {
		attributor.removeIf((request) -> {
			visitor.accept(request);
			return false;
		});
	}

	private static List<Sample> samples(String line) {
		List<Sample> samples = new ArrayList<>();
		for (int i = 1; i < line.length(); i++) {
			if (Character.isLetter(line.charAt(i))) {
				samples.add(sample(line.charAt(0) - '0', i - 10, String.valueOf(line.charAt(i))));
			}
		}
		return samples;
	}

	private static Sample sample(long thread, long time, String stack) {
		return new Sample(ProfileEvent.CPU, thread, time, StackText.stack(stack), StackText.WEIGHT);
	}

	/**
	 * Windows of thread 1, one after the other and inside each other, no two of which
	 * begin or end at the same time, each of an endpoint of its own.
	 */
	private static final class RandomWindows {

		private final Random random;

		private final Timeline endpoints = new Timeline();

		private final List<RequestWindow> all = new ArrayList<>();

		private final Deque<RequestWindow> open = new ArrayDeque<>();

		private long time;

		RandomWindows(Random random) {
			this.random = random;
		}

		long time() {
			return this.time;
		}

		List<RequestWindow> open(int count) {
			List<RequestWindow> opened = new ArrayList<>();
			while (opened.size() < count) {
				this.time += 1 + this.random.nextInt(4);
				if (this.open.isEmpty() || this.open.size() < 4 && this.random.nextInt(3) == 0) {
					RequestWindow window = Timeline.open(this.endpoints.endpoint("A" + this.all.size()), 1, this.time,
							this.open.peek());
					this.open.push(window);
					this.all.add(window);
					opened.add(window);
				}
				else {
					Timeline.end(this.open.pop(), this.time, RequestWindow.State.CLOSED);
				}
			}
			return opened;
		}

		List<RequestWindow> at(long moment) {
			return this.all.stream().filter((window) -> window.contains(moment)).toList();
		}

	}

}
