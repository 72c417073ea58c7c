package dev.profiled.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import dev.profiled.profile.JavaFrames;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;

/**
 * Renders the stacks of threads, those that are alike together.
 */
public final class ThreadsRenderer {

	private static final int MAX_NAMES = 10;

	private ThreadsRenderer() {
	}

	/**
	 * Render stacks as text: the number of threads, their state and names, and the stack,
	 * leaf first; what most threads are in comes first.
	 * @param stacks the stacks, leaf first
	 * @return the text
	 */
	public static String renderText(Map<Thread, StackTraceElement[]> stacks) {
		Map<Group, List<String>> groups = new LinkedHashMap<>();
		stacks.forEach((thread, stack) -> groups
			.computeIfAbsent(new Group(thread.getState(), List.of(stack)), (key) -> new ArrayList<>())
			.add(thread.getName()));
		StringBuilder text = new StringBuilder(stacks.size() + " threads\n");
		groups.entrySet()
			.stream()
			.sorted(Comparator.comparingInt((Map.Entry<Group, List<String>> group) -> -group.getValue().size())
				.thenComparing((group) -> group.getKey().toString()))
			.forEach((group) -> append(text, group.getKey(), group.getValue()));
		return text.toString();
	}

	private static void append(StringBuilder text, Group group, List<String> names) {
		names.sort(null);
		text.append('\n').append(names.size()).append(" ").append(group.state).append(": ");
		text.append(String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES))));
		text.append((names.size() > MAX_NAMES) ? ", ...\n" : "\n");
		group.stack.forEach((frame) -> text.append("\t").append(frame).append('\n'));
	}

	/**
	 * Render stacks for {@code go tool pprof}.
	 * @param stacks the stacks, leaf first
	 * @param out receives the profile; it is not closed
	 * @throws IOException if the receiver fails
	 */
	public static void renderPprof(Map<Thread, StackTraceElement[]> stacks, OutputStream out) throws IOException {
		GZIPOutputStream zipped = new GZIPOutputStream(out, 8192);
		PprofRenderer.renderThreads(counts(stacks.values()), ProfileEvent.WALL, zipped);
		zipped.finish();
	}

	private static StackCounts counts(Collection<StackTraceElement[]> stacks) {
		JavaFrames frames = new JavaFrames();
		StackCounts counts = new StackCounts();
		stacks.stream()
			.filter((stack) -> stack.length > 0)
			.sorted(Comparator.comparing(Arrays::toString))
			.forEach((stack) -> counts.add(ProfileEvent.WALL, frames.stackTrace(stack), 1, 1));
		return counts;
	}

	private record Group(Thread.State state, List<StackTraceElement> stack) {
	}

}
