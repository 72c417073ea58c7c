package dev.profiled.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import dev.profiled.engine.WaitRules;
import dev.profiled.profile.TimeCategory;

/**
 * Properties of the profiler, checked at start-up.
 */
@ConfigurationProperties("profiling")
public class ProfilingProperties implements EnvironmentAware, InitializingBean {

	private static final String PREFIX = "profiling.";

	/**
	 * Number of requests that may be profiled at the same time. Requests that find no
	 * place run unprofiled and are counted. From 1 to 10000.
	 */
	private int maxConcurrentRequests = 1;

	/**
	 * Time between two collections of samples in the background, which is done more
	 * rarely while there is little to collect: once a minute if there were requests. From
	 * 1s to 1m.
	 */
	private Duration harvestInterval = Duration.ofSeconds(5);

	/**
	 * Time without a profiled request after which the profiler is switched off, until the
	 * next one. From 1s to 1d.
	 */
	private Duration idleTimeout = Duration.ofMinutes(5);

	/**
	 * Directory for the profiler's recordings. By default a private directory below
	 * java.io.tmpdir.
	 */
	private @Nullable Path directory;

	/**
	 * Number of endpoints that are profiled. Requests of others run unprofiled. From 1 to
	 * 10000.
	 */
	private int maxEndpoints = 200;

	/**
	 * Number of distinct stacks kept for an endpoint. Further stacks are merged into one
	 * that says so. From 1 to 1000000.
	 */
	private int maxStacks = 20_000;

	/**
	 * Number of frames kept of a stack, counted from its root. From 8 to 2048.
	 */
	private int maxStackDepth = 512;

	/**
	 * Whether the CPU time and the allocated bytes of each profiled request are measured,
	 * which costs it about a microsecond.
	 */
	private boolean measureCost = true;

	private final Cpu cpu = new Cpu();

	private final Alloc alloc = new Alloc();

	private final Lock lock = new Lock();

	private final Wall wall = new Wall();

	private @Nullable Environment environment;

	public int getMaxConcurrentRequests() {
		return this.maxConcurrentRequests;
	}

	public void setMaxConcurrentRequests(int maxConcurrentRequests) {
		this.maxConcurrentRequests = maxConcurrentRequests;
	}

	public Duration getHarvestInterval() {
		return this.harvestInterval;
	}

	public void setHarvestInterval(Duration harvestInterval) {
		this.harvestInterval = harvestInterval;
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	public int getMaxEndpoints() {
		return this.maxEndpoints;
	}

	public void setMaxEndpoints(int maxEndpoints) {
		this.maxEndpoints = maxEndpoints;
	}

	public int getMaxStacks() {
		return this.maxStacks;
	}

	public void setMaxStacks(int maxStacks) {
		this.maxStacks = maxStacks;
	}

	public int getMaxStackDepth() {
		return this.maxStackDepth;
	}

	public void setMaxStackDepth(int maxStackDepth) {
		this.maxStackDepth = maxStackDepth;
	}

	public boolean isMeasureCost() {
		return this.measureCost;
	}

	public void setMeasureCost(boolean measureCost) {
		this.measureCost = measureCost;
	}

	public Cpu getCpu() {
		return this.cpu;
	}

	public Alloc getAlloc() {
		return this.alloc;
	}

	public Lock getLock() {
		return this.lock;
	}

	public Wall getWall() {
		return this.wall;
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return the rules by which waiting threads are classified.
	 * @return the rules
	 * @throws InvalidConfigurationPropertyValueException if a category or a pattern is
	 * not allowed
	 */
	WaitRules waitRules() {
		Map<TimeCategory, List<String>> rules = new EnumMap<>(TimeCategory.class);
		this.wall.rules.forEach((category, patterns) -> {
			for (int i = 0; i < patterns.size(); i++) {
				try {
					rules.computeIfAbsent(WaitRules.category(category), (key) -> new ArrayList<>())
						.add(patterns.get(i));
					WaitRules.of(rules);
				}
				catch (IllegalArgumentException ex) {
					throw new InvalidConfigurationPropertyValueException(
							nameOfElement(PREFIX + "wall.rules." + category, i), patterns.get(i), ex.getMessage());
				}
			}
		});
		return WaitRules.of(rules);
	}

	// A list may be written as one value or as several, and the failure analysis wants
	// the name as it is written.
	private String nameOfElement(String list, int index) {
		boolean one = this.environment == null || this.environment.containsProperty(list);
		return one ? list : list + "[" + index + "]";
	}

	@Override
	public void afterPropertiesSet() {
		check("max-concurrent-requests", this.maxConcurrentRequests, 1, 10_000);
		check("cpu.interval", this.cpu.interval, Duration.ofNanos(100_000), "100us", Duration.ofSeconds(1), "1s");
		checkUnlessOff("alloc.interval", this.alloc.interval, DataSize.ofBytes(0), DataSize.ofKilobytes(1), "1KB",
				DataSize.ofGigabytes(1), "1GB");
		checkUnlessOff("lock.interval", this.lock.interval, Duration.ZERO, Duration.ofNanos(10_000), "10us",
				Duration.ofSeconds(1), "1s");
		checkUnlessOff("wall.interval", this.wall.interval, Duration.ZERO, Duration.ofMillis(1), "1ms",
				Duration.ofSeconds(1), "1s");
		if (!(this.wall.budget >= 0.1 && this.wall.budget <= 100)) {
			throw invalid("wall.budget", this.wall.budget, "0.1", "100");
		}
		check("harvest-interval", this.harvestInterval, Duration.ofSeconds(1), "1s", Duration.ofMinutes(1), "1m");
		check("idle-timeout", this.idleTimeout, Duration.ofSeconds(1), "1s", Duration.ofDays(1), "1d");
		check("max-endpoints", this.maxEndpoints, 1, 10_000);
		check("max-stacks", this.maxStacks, 1, 1_000_000);
		check("max-stack-depth", this.maxStackDepth, 8, 2048);
		waitRules();
	}

	private static void check(String name, int value, int min, int max) {
		if (value < min || value > max) {
			throw invalid(name, value, String.valueOf(min), String.valueOf(max));
		}
	}

	private static <T extends Comparable<T>> void check(String name, @Nullable T value, T min, String minText, T max,
			String maxText) {
		if (!isBetween(value, min, max)) {
			throw invalid(name, value, minText, maxText);
		}
	}

	private static <T extends Comparable<T>> void checkUnlessOff(String name, @Nullable T value, T off, T min,
			String minText, T max, String maxText) {
		if (!off.equals(value) && !isBetween(value, min, max)) {
			throw invalid(name, value, minText, maxText + ", or 0 to switch it off");
		}
	}

	private static <T extends Comparable<T>> boolean isBetween(@Nullable T value, T min, T max) {
		return value != null && value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String min,
			String max) {
		return new InvalidConfigurationPropertyValueException(PREFIX + name, value,
				"It must be from " + min + " to " + max + ".");
	}

	/**
	 * Properties of CPU samples.
	 */
	public static class Cpu {

		/**
		 * CPU time of a thread between two of its samples. Odd by default, so as not to
		 * keep step with requests that repeat. From 100us to 1s.
		 */
		private Duration interval = Duration.ofNanos(19_236_000);

		/**
		 * Whether samples are taken by perf events, where the process may use them.
		 * Stacks then reach into the kernel, and intervals can be shorter than its tick,
		 * but each switch between threads takes longer.
		 */
		private boolean perfEvents;

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public boolean isPerfEvents() {
			return this.perfEvents;
		}

		public void setPerfEvents(boolean perfEvents) {
			this.perfEvents = perfEvents;
		}

	}

	/**
	 * Properties of allocation samples.
	 */
	public static class Alloc {

		/**
		 * Number of bytes that a thread allocates between two of its samples, on average.
		 * 0 switches the sampling of allocations off. From 1KB to 1GB.
		 */
		private DataSize interval = DataSize.ofMegabytes(32);

		public DataSize getInterval() {
			return this.interval;
		}

		public void setInterval(DataSize interval) {
			this.interval = interval;
		}

	}

	/**
	 * Properties of lock samples.
	 */
	public static class Lock {

		/**
		 * Time that all threads together are blocked by locks between two samples. Odd by
		 * default, so as not to keep step with waits that repeat. 0 switches the sampling
		 * of locks off. From 10us to 1s.
		 */
		private Duration interval = Duration.ofNanos(9_973_000);

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

	}

	/**
	 * Properties of samples of elapsed time.
	 */
	public static class Wall {

		/**
		 * Time between two looks at a thread that serves a profiled request, on average.
		 * From 1ms to 1s, or 0 for never: then it is not known what requests wait for.
		 */
		private Duration interval = Duration.ofMillis(10);

		/**
		 * Percent of one core that looking at threads may take, and half a minute of that
		 * in advance. Where it would take more, it is done more rarely. From 0.1 to 100.
		 */
		private double budget = 1;

		/**
		 * Patterns of methods, such as com.acme.Gate.*, by what a thread waits for in
		 * them: lock, pool, socket, file, sleep or other. They come before the built-in
		 * ones.
		 */
		private Map<String, List<String>> rules = new LinkedHashMap<>();

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public double getBudget() {
			return this.budget;
		}

		public void setBudget(double budget) {
			this.budget = budget;
		}

		public Map<String, List<String>> getRules() {
			return this.rules;
		}

		public void setRules(Map<String, List<String>> rules) {
			this.rules = rules;
		}

	}

}
