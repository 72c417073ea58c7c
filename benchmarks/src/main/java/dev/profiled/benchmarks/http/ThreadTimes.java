package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CPU time of a process by groups of threads, in ticks of the kernel (10 ms), user
 * and system apart. Linux only.
 *
 * @param groups the ticks by group: user, system
 */
record ThreadTimes(Map<String, long[]> groups) {

	static ThreadTimes of(long pid) throws IOException {
		Map<String, long[]> groups = new TreeMap<>();
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
			for (Path thread : threads) {
				add(groups, thread.resolve("stat"));
			}
		}
		return new ThreadTimes(groups);
	}

	private static void add(Map<String, long[]> groups, Path file) throws IOException {
		if (!Files.exists(file)) {
			return;
		}
		// the name is in brackets and may hold anything; see proc(5) for what follows it
		String stat = Files.readString(file);
		int end = stat.lastIndexOf(')');
		String[] fields = stat.substring(end + 2).split(" ");
		long[] times = groups.computeIfAbsent(group(stat.substring(stat.indexOf('(') + 1, end)), (key) -> new long[2]);
		times[0] += Long.parseLong(fields[11]);
		times[1] += Long.parseLong(fields[12]);
	}

	private static String group(String thread) {
		if (thread.startsWith("http-nio")) {
			return "requests (Tomcat)";
		}
		if (thread.startsWith("profiled-")) {
			return "harvester";
		}
		if (thread.matches("C[12] Compiler.*|Sweeper.*")) {
			return "compiler";
		}
		if (thread.matches("(GC|G1|VM) .*")) {
			return "garbage collector, VM";
		}
		return "others";
	}

	/**
	 * Return what was used since an earlier time.
	 * @param before the earlier times
	 * @return the difference
	 */
	ThreadTimes since(ThreadTimes before) {
		Map<String, long[]> difference = new TreeMap<>();
		this.groups.forEach((group, times) -> {
			long[] earlier = before.groups.getOrDefault(group, new long[2]);
			difference.put(group, new long[] { times[0] - earlier[0], times[1] - earlier[1] });
		});
		return new ThreadTimes(difference);
	}

	/**
	 * Return the share of a processor that a group used.
	 * @param group the group, or an empty string for all
	 * @param kind 0 for user, 1 for system time
	 * @param seconds the time in which it was used
	 * @return the share in percent
	 */
	double percent(String group, int kind, double seconds) {
		return this.groups.entrySet()
			.stream()
			.filter((entry) -> group.isEmpty() || entry.getKey().equals(group))
			.mapToLong((entry) -> entry.getValue()[kind])
			.sum() / seconds;
	}

}
