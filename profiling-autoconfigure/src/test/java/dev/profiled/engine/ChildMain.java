package dev.profiled.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.FrameKind;
import dev.profiled.request.ProfiledEndpoint;
import dev.profiled.request.SkipReason;

/**
 * A profiled application under {@link Traffic} in a JVM of its own, told what to do
 * through its standard input: see {@link ChildJvm}.
 */
public final class ChildMain {

	static final String ANSWER = "answer: ";

	/**
	 * The system property that lets threads be looked at.
	 */
	static final String WALL = "profiled.child.wall";

	private final ProfiledWork app;

	private final Traffic traffic;

	private ChildMain(ProfiledWork app, Traffic traffic) {
		this.app = app;
		this.traffic = traffic;
	}

	public static void main(String[] args) {
		Locale.setDefault(Locale.ROOT);
		WallOptions wall = Boolean.getBoolean(WALL) ? new WallOptions(Duration.ofMillis(5), 0.1, WaitRules.of(Map.of()))
				: WallOptions.OFF;
		EngineOptions options = new EngineOptions(Duration.parse(args[0]), true, 0, Duration.ZERO,
				Duration.ofSeconds(1), Duration.ofMinutes(5), Path.of(args[1]), wall);
		try (ProfiledWork app = new ProfiledWork(2, options);
				Traffic traffic = new Traffic(app, "orders");
				Scanner commands = new Scanner(System.in)) {
			app.engine().start();
			ChildMain main = new ChildMain(app, traffic);
			while (commands.hasNextLine()) {
				String[] command = commands.nextLine().split(" ");
				Map<String, Object> answer = new LinkedHashMap<>();
				main.execute(command[0], command[1], answer);
				System.out.println(ANSWER + answer.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + "=" + entry.getValue())
					.collect(Collectors.joining("\t")));
			}
		}
	}

	private void execute(String command, String argument, Map<String, Object> answer) {
		switch (command) {
			case "state" -> describe(this.app.awaitState(EngineState.valueOf(argument)), answer);
			case "skipped" -> this.traffic.isSkipped(SkipReason.valueOf(argument));
			case "profiled" -> this.traffic.isProfiled();
			case "burn" -> burn(Duration.parse(argument), answer);
			default -> throw new IllegalArgumentException(command);
		}
	}

	private static void describe(EngineStatus status, Map<String, Object> answer) {
		answer.put("message", status.message());
		answer.put("advice", status.advice());
		answer.put("engine", status.engine());
		answer.put("interval", status.interval());
		answer.put("kernelFrames", status.kernelFrames());
		answer.put("limits", status.limits());
	}

	private void burn(Duration cpuTime, Map<String, Object> answer) {
		ProfiledEndpoint endpoint = this.app.endpoint("burn");
		AtomicLong spent = new AtomicLong();
		while (spent.get() < cpuTime.toNanos()) {
			this.app.request(endpoint, () -> ProfiledWork.burn(ProfiledWork.cpuTime() + 5_000_000, spent));
		}
		CallTree tree = this.app.profile("burn").tree();
		answer.put("spent", spent.get());
		answer.put("samples", tree.samples());
		answer.put("weight", tree.weight());
		answer.put("kernel", tree.frames().stream().filter((frame) -> frame.kind() == FrameKind.KERNEL).count());
		describe(this.app.engine().status(), answer);
	}

}
