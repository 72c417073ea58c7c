package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The time that the threads of a process were on a processor. Linux only.
 *
 * @param threads the threads, by their ids
 */
record ThreadTimes(Map<Long, ThreadTime> threads) {

	/**
	 * The group of the threads that turn bytecode into machine code.
	 */
	static final String COMPILER = "compiler";

	/**
	 * The group of this project's own threads.
	 */
	static final String PROFILED = "Profiled";

	static ThreadTimes of(long pid) throws IOException {
		Map<Long, ThreadTime> times = new HashMap<>();
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
			for (Path thread : threads) {
				try {
					// see the kernel's documentation of schedstats for its fields
					String[] fields = Files.readString(thread.resolve("schedstat")).split(" ");
					String name = Files.readString(thread.resolve("comm")).trim();
					times.put(Long.valueOf(thread.getFileName().toString()),
							new ThreadTime(group(name), Long.parseLong(fields[0])));
				}
				catch (NoSuchFileException ex) {
					// it has ended
				}
			}
		}
		return new ThreadTimes(times);
	}

	// The kernel cuts names off after 15 characters.
	private static String group(String thread) {
		if (thread.startsWith("http-nio")) {
			return "requests (Tomcat)";
		}
		if (thread.startsWith("profiled-")) {
			return PROFILED;
		}
		if (thread.matches("C[12] Compiler.*|Sweeper.*")) {
			return COMPILER;
		}
		if (thread.matches("(GC|G1|VM) .*")) {
			return "garbage collector, VM";
		}
		return "others";
	}

	/**
	 * Return what was used since an earlier time, by threads that still live.
	 * @param before the earlier times
	 * @return the difference
	 */
	ThreadTimes since(ThreadTimes before) {
		Map<Long, ThreadTime> difference = new HashMap<>();
		this.threads.forEach((id, time) -> {
			ThreadTime earlier = before.threads.getOrDefault(id, new ThreadTime(time.group, 0));
			difference.put(id, new ThreadTime(time.group, time.nanos - earlier.nanos));
		});
		return new ThreadTimes(difference);
	}

	Set<String> groups() {
		Set<String> groups = new TreeSet<>();
		this.threads.values().forEach((time) -> groups.add(time.group));
		return groups;
	}

	/**
	 * Return the time of all threads.
	 * @return the time in ns
	 */
	long nanos() {
		return this.threads.values().stream().mapToLong(ThreadTime::nanos).sum();
	}

	/**
	 * Return the time of a group of threads.
	 * @param group the group
	 * @return the time in ns
	 */
	long nanos(String group) {
		return this.threads.values()
			.stream()
			.filter((time) -> time.group.equals(group))
			.mapToLong(ThreadTime::nanos)
			.sum();
	}

	/**
	 * Return the share of a processor that all threads used.
	 * @param seconds the time in which it was used
	 * @return the share in percent
	 */
	double percent(double seconds) {
		return nanos() / seconds / 1e7;
	}

	/**
	 * Return the share of a processor that a group used.
	 * @param group the group
	 * @param seconds the time in which it was used
	 * @return the share in percent
	 */
	double percent(String group, double seconds) {
		return nanos(group) / seconds / 1e7;
	}

	/**
	 * The time of one thread.
	 *
	 * @param group what it is for
	 * @param nanos the time on a processor, in ns
	 */
	record ThreadTime(String group, long nanos) {

	}

}
