package dev.profiled.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.profiled.profile.TimeCategory;

/**
 * Rules of equal rank: patterns of methods, each with its category. Most of them name
 * their class, so that most frames are looked up, and match nothing, by their class
 * alone.
 */
final class WaitRuleTable {

	/**
	 * Identifiers and wildcards, with at least one dot.
	 */
	private static final Pattern ALLOWED = Pattern
		.compile("(?=.*[\\p{L}_])[\\p{L}\\p{N}_$*]+(\\.[\\p{L}\\p{N}_$*]+)*\\.([\\p{L}\\p{N}_$*]+|<init>|<clinit>)");

	private final Map<String, ClassRules> byClass;

	private final List<Wildcard> wildcards;

	private WaitRuleTable(Map<String, ClassRules> byClass, List<Wildcard> wildcards) {
		this.byClass = byClass;
		this.wildcards = wildcards;
	}

	/**
	 * Return the category of the frame nearest the leaf that matches.
	 * @param leafFirst the stack
	 * @param depth how many of its frames to look at, from the leaf
	 * @return the category, or {@code null} if none matches
	 */
	@Nullable TimeCategory nearest(StackTraceElement[] leafFirst, int depth) {
		if (this.byClass.isEmpty() && this.wildcards.isEmpty()) {
			return null;
		}
		for (int i = 0; i < depth; i++) {
			TimeCategory category = find(leafFirst[i].getClassName(), leafFirst[i].getMethodName());
			if (category != null) {
				return category;
			}
		}
		return null;
	}

	private @Nullable TimeCategory find(String className, String methodName) {
		ClassRules rules = this.byClass.get(className);
		TimeCategory category = (rules != null) ? rules.find(methodName) : null;
		return (category != null) ? category : find(this.wildcards, className, methodName);
	}

	private static @Nullable TimeCategory find(List<Wildcard> wildcards, String className, String methodName) {
		for (Wildcard wildcard : wildcards) {
			if (wildcard.matches(className, methodName)) {
				return wildcard.category();
			}
		}
		return null;
	}

	/**
	 * The rules that name a class.
	 */
	private record ClassRules(Map<String, TimeCategory> exact, List<Wildcard> wildcards) {

		ClassRules() {
			this(new HashMap<>(), new ArrayList<>());
		}

		@Nullable TimeCategory find(String methodName) {
			TimeCategory category = this.exact.get(methodName);
			return (category != null) ? category : WaitRuleTable.find(this.wildcards, "", methodName);
		}

	}

	/**
	 * A rule with wildcards, of methods or of classes and methods.
	 */
	private record Wildcard(String text, List<String> parts, TimeCategory category) {

		static Wildcard of(String text, TimeCategory category) {
			return new Wildcard(text, List.of(text.split("\\*", -1)), category);
		}

		boolean matches(String className, String methodName) {
			if (className.isEmpty()) {
				return matches(methodName);
			}
			String start = this.parts.get(0);
			return (className.startsWith(start) || start.startsWith(className))
					&& matches(className + "." + methodName);
		}

		// What is between two wildcards may as well be found as early as possible.
		private boolean matches(String name) {
			int last = this.parts.size() - 1;
			if (!name.startsWith(this.parts.get(0))) {
				return false;
			}
			int end = this.parts.get(0).length();
			for (String part : this.parts.subList(1, last)) {
				int found = name.indexOf(part, end);
				if (found < 0) {
					return false;
				}
				end = found + part.length();
			}
			return name.length() - end >= this.parts.get(last).length() && name.endsWith(this.parts.get(last));
		}

	}

	/**
	 * Collects rules.
	 */
	static final class Builder {

		private static final Comparator<Wildcard> LONGEST_FIRST = Comparator
			.comparingInt((Wildcard wildcard) -> -wildcard.text().length())
			.thenComparing(Wildcard::text);

		private final Map<String, TimeCategory> patterns = new HashMap<>();

		private final Map<String, ClassRules> byClass = new HashMap<>();

		private final List<Wildcard> wildcards = new ArrayList<>();

		void add(TimeCategory category, @Nullable String pattern) {
			if (pattern == null || !ALLOWED.matcher(pattern).matches()) {
				throw new IllegalArgumentException("'" + pattern
						+ "' is no pattern of methods: it must be a class with "
						+ "its package, a dot and a method, such as com.acme.Outer$Inner.method, in which * stands for "
						+ "any characters.");
			}
			TimeCategory earlier = this.patterns.putIfAbsent(pattern, category);
			if (earlier != null && earlier != category) {
				throw new IllegalArgumentException("'" + pattern + "' has two categories, " + earlier.id() + " and "
						+ category.id() + ": it must have one.");
			}
			if (earlier == null) {
				put(category, pattern);
			}
		}

		private void put(TimeCategory category, String pattern) {
			int dot = pattern.lastIndexOf('.');
			String className = pattern.substring(0, dot);
			String methodName = pattern.substring(dot + 1);
			if (className.contains("*") || (methodName.contains("*") && !isClass(className))) {
				this.wildcards.add(Wildcard.of(pattern, category));
				return;
			}
			ClassRules rules = this.byClass.computeIfAbsent(className, (name) -> new ClassRules());
			if (methodName.contains("*")) {
				rules.wildcards().add(Wildcard.of(methodName, category));
			}
			else {
				rules.exact().put(methodName, category);
			}
		}

		// By convention: what stands before the last dot may be a package, too.
		private static boolean isClass(String name) {
			return Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
		}

		WaitRuleTable build() {
			this.byClass.values().forEach((rules) -> rules.wildcards().sort(LONGEST_FIRST));
			this.wildcards.sort(LONGEST_FIRST);
			return new WaitRuleTable(Map.copyOf(this.byClass), List.copyOf(this.wildcards));
		}

	}

}
