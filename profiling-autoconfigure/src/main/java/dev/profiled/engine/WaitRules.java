package dev.profiled.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.TimeCategory;

/**
 * Tells from the stack of a waiting thread what it waits for. The built-in rules, and how
 * they are applied, are in {@code wait-rules.txt}; those of an application come before
 * them. Immutable.
 */
public final class WaitRules {

	/**
	 * The categories that a rule may have.
	 */
	public static final Set<TimeCategory> CATEGORIES = Set.copyOf(EnumSet.of(TimeCategory.LOCK, TimeCategory.POOL,
			TimeCategory.SOCKET, TimeCategory.FILE, TimeCategory.SLEEP, TimeCategory.OTHER));

	private static final List<WaitRuleTable> BUILT_IN = parse(Table.read("wait-rules.txt"));

	private final WaitRuleTable own;

	private WaitRules(WaitRuleTable own) {
		this.own = own;
	}

	/**
	 * Return the built-in rules with an application's own before them.
	 * @param own patterns {@code class.method} by category, in which {@code *} stands for
	 * any characters
	 * @return the rules
	 * @throws IllegalArgumentException if a category or a pattern is not allowed
	 */
	public static WaitRules of(Map<TimeCategory, ? extends List<String>> own) {
		WaitRuleTable.Builder rules = new WaitRuleTable.Builder();
		own.forEach((category, patterns) -> patterns.forEach((pattern) -> rules.add(checked(category), pattern)));
		return new WaitRules(rules.build());
	}

	/**
	 * Tell what a thread waits for.
	 * @param state the thread's state
	 * @param leafFirst its stack, as the JVM gives it
	 * @return one of {@link #CATEGORIES}
	 */
	public TimeCategory classify(Thread.State state, StackTraceElement[] leafFirst) {
		if (state == Thread.State.BLOCKED) {
			return TimeCategory.LOCK;
		}
		TimeCategory category = this.own.nearest(leafFirst, leafFirst.length);
		int waiting = waiting(leafFirst);
		for (int i = 0; category == null && i < BUILT_IN.size(); i++) {
			category = BUILT_IN.get(i).nearest(leafFirst, waiting);
		}
		return (category != null) ? category : TimeCategory.OTHER;
	}

	// How many frames there are up to the first that is not of the JDK.
	private static int waiting(StackTraceElement[] leafFirst) {
		int depth = 0;
		while (depth < leafFirst.length && isJdk(leafFirst[depth].getClassName())) {
			depth++;
		}
		return Math.min(depth + 1, leafFirst.length);
	}

	// Only hidden classes have a slash in their names. Some JDKs show them and some do
	// not.
	private static boolean isJdk(String className) {
		return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.")
				|| className.startsWith("com.sun.") || className.indexOf('/') >= 0;
	}

	static List<WaitRuleTable> parse(List<String> lines) {
		List<WaitRuleTable.Builder> sections = new ArrayList<>();
		for (String line : lines) {
			if (line.startsWith("[")) {
				sections.add(new WaitRuleTable.Builder());
			}
			else {
				String[] rule = line.trim().split("\\s+", 2);
				sections.get(sections.size() - 1).add(category(rule[0]), rule[1]);
			}
		}
		return sections.stream().map(WaitRuleTable.Builder::build).toList();
	}

	/**
	 * Return the category of a name.
	 * @param id the name of the category
	 * @return the category
	 * @throws IllegalArgumentException if it is not one that a rule may have
	 */
	public static TimeCategory category(String id) {
		for (TimeCategory category : CATEGORIES) {
			if (category.id().equals(id.toLowerCase(Locale.ROOT))) {
				return category;
			}
		}
		throw notAllowed(id);
	}

	private static TimeCategory checked(@Nullable TimeCategory category) {
		if (category == null || !CATEGORIES.contains(category)) {
			throw notAllowed((category != null) ? category.id() : "null");
		}
		return category;
	}

	private static IllegalArgumentException notAllowed(String id) {
		return new IllegalArgumentException("'" + id + "' is no category that a rule may have: it must be one of "
				+ CATEGORIES.stream().sorted().map(TimeCategory::id).collect(Collectors.joining(", ")) + ".");
	}

}
