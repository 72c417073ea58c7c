package dev.profiled.render;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadsRendererTests {

	@Test
	void threadsThatAreAlikeAreTogetherAndTheMostComeFirst() {
		Map<Thread, StackTraceElement[]> stacks = new LinkedHashMap<>();
		stacks.put(new Thread("main"), stack("Main.run"));
		for (int i = 0; i < 12; i++) {
			stacks.put(new Thread("worker-" + (10 + i)), stack("Pool.take", "Pool.work"));
		}
		assertThat(ThreadsRenderer.renderText(stacks)).isEqualTo(
				"""
						13 threads

						12 NEW: worker-10, worker-11, worker-12, worker-13, worker-14, worker-15, worker-16, worker-17, worker-18, \
						worker-19, ...
							a.Pool.take(Pool.java:7)
							a.Pool.work(Pool.java:7)

						1 NEW: main
							a.Main.run(Main.java:7)
						""");
	}

	@Test
	void aThreadWithoutStackIsListed() {
		assertThat(ThreadsRenderer.renderText(Map.of(new Thread("empty"), new StackTraceElement[0])))
			.isEqualTo("1 threads\n\n1 NEW: empty\n");
	}

	private static StackTraceElement[] stack(String... methods) {
		StackTraceElement[] stack = new StackTraceElement[methods.length];
		for (int i = 0; i < methods.length; i++) {
			String[] method = methods[i].split("\\.");
			stack[i] = new StackTraceElement("a." + method[0], method[1], method[0] + ".java", 7);
		}
		return stack;
	}

}
