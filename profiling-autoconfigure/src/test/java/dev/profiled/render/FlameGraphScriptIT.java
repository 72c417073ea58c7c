package dev.profiled.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Feeds collapsed stacks to the real {@code flamegraph.pl}, and compares its picture with
 * ours.
 */
class FlameGraphScriptIT {

	private static final Pattern FRAME = Pattern
		.compile("<title>(.*?)</title><rect x=\"([\\d.]+)\" y=\"([\\d.]+)\" width=\"([\\d.]+)\"", Pattern.DOTALL);

	@TempDir
	Path directory;

	@Test
	void flameGraphScriptTakesEveryLine() throws Exception {
		StackCounts counts = new StackCounts();
		counts.add(ProfileEvent.CPU, stack(Frame.java("com.example.A", "run"), Frame.java("com.example.B", "<init>")),
				30, 30);
		counts.add(ProfileEvent.CPU,
				stack(Frame.java("com.example.A", "run"), new Frame("", "a;b c\n", FrameKind.NATIVE)), 20, 20);
		counts.add(ProfileEvent.CPU,
				stack(Frame.java("com.example.A", "run"), new Frame("", "__do_sys_read", FrameKind.KERNEL)), 50, 50);
		assertThat(picture(counts.callTree(ProfileEvent.CPU), "--minwidth", "0"))
			.contains("com.example.A.run (100 samples, 100.00%)")
			.contains("com.example.B.(init) (30 samples, 30.00%)")
			.contains("__do_sys_read_[k] (50 samples, 50.00%)");
	}

	@ParameterizedTest
	@CsvSource({ "1200, 0.1, false, false", "800, 2, true, false", "1200, 0.1, false, true", "2000, 0.5, true, true" })
	void ourPictureHasTheSameFramesAtTheSamePlaces(int width, double minWidth, boolean inverted, boolean reverse)
			throws Exception {
		CallTree tree = randomTree();
		List<String> arguments = new ArrayList<>(
				List.of("--width", String.valueOf(width), "--minwidth", String.valueOf(minWidth)));
		if (inverted) {
			arguments.add("--inverted");
		}
		if (reverse) {
			arguments.add("--reverse");
		}
		StringBuilder ours = new StringBuilder();
		SvgRenderer.render("Flame Graph", tree, ProfileEvent.CPU,
				new SvgOptions(width, minWidth, inverted, reverse, SvgOptions.Palette.HOT), ours);
		Map<String, double[]> expected = frames(picture(tree, arguments.toArray(String[]::new)));
		Map<String, double[]> actual = frames(ours.toString());
		assertThat(expected).hasSizeGreaterThan(100);
		assertThat(actual).containsOnlyKeys(expected.keySet());
		// both are rounded to a tenth
		actual.forEach((frame, place) -> {
			assertThat(place[0]).as(frame).isCloseTo(expected.get(frame)[0], within(0.11));
			assertThat(place[2]).as(frame).isCloseTo(expected.get(frame)[2], within(0.11));
		});
	}

	// By title, distance from the root and how many such frames there are left of it.
	private static Map<String, double[]> frames(String svg) {
		List<double[]> places = new ArrayList<>();
		Map<double[], String> titles = new IdentityHashMap<>();
		Matcher matcher = FRAME.matcher(svg.replaceAll("(?<=</title>|\">)\\s+", ""));
		while (matcher.find()) {
			double x = Double.parseDouble(matcher.group(2));
			double y = Double.parseDouble(matcher.group(3));
			double width = Double.parseDouble(matcher.group(4));
			double[] place = { x, y, width };
			places.add(place);
			titles.put(place, matcher.group(1).replace("&lt;", "(").replace("&gt;", ")"));
		}
		double[] root = places.stream()
			.filter((place) -> titles.get(place).startsWith("all ("))
			.findFirst()
			.orElseThrow();
		places.sort((one, other) -> Double.compare(one[0], other[0]));
		Map<String, double[]> frames = new TreeMap<>();
		Map<String, Integer> count = new TreeMap<>();
		for (double[] place : places) {
			String name = titles.get(place).replace("100.00%", "100%") + " in row " + Math.abs(place[1] - root[1]) / 16;
			frames.put(name + ", number " + count.merge(name, 1, Integer::sum), place);
		}
		return frames;
	}

	private static CallTree randomTree() {
		Random random = new Random(7);
		StackCounts counts = new StackCounts();
		for (int i = 0; i < 3000; i++) {
			Frame[] frames = new Frame[1 + random.nextInt(20)];
			Arrays.setAll(frames, (depth) -> frame(random.nextInt(1 + Math.min(depth, 6))));
			counts.add(ProfileEvent.CPU, stack(frames), 1 + random.nextInt(5), 1);
		}
		return counts.callTree(ProfileEvent.CPU);
	}

	private static Frame frame(int number) {
		return switch (number) {
			case 0 -> Frame.java("com.example.Main", "run");
			case 1 -> Frame.java("com.example.Service$Inner", "<init>");
			case 2 -> new Frame("", "read&write \"x\"", FrameKind.NATIVE);
			case 3 -> new Frame("", "do_sys", FrameKind.KERNEL);
			case 4 -> Frame.java("b.B", "\u00e4\u00f6");
			default -> Frame.java("com.example.Leaf" + number, "call");
		};
	}

	private String picture(CallTree tree, String... arguments) throws IOException, InterruptedException {
		Path collapsed = this.directory.resolve("stacks.txt");
		StringBuilder text = new StringBuilder();
		CollapsedRenderer.render(tree, ProfileEvent.CPU, text);
		Files.writeString(collapsed, text);
		Path svg = this.directory.resolve("graph.svg");
		Path complaints = this.directory.resolve("complaints.txt");
		List<String> command = new ArrayList<>(List.of("perl", script().toString()));
		command.addAll(List.of(arguments));
		command.add(collapsed.toString());
		Process script = new ProcessBuilder(command).redirectOutput(svg.toFile())
			.redirectError(complaints.toFile())
			.start();
		assertThat(script.waitFor()).isZero();
		assertThat(complaints).content().isEmpty();
		return Files.readString(svg);
	}

	private static StackTrace stack(Frame... frames) {
		return StackTrace.of(frames);
	}

	private static Path script() {
		Optional<Path> script = Stream
			.concat(Stream.of(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, "flamegraph.pl")),
					List.of(Path.of("/usr/share/perl5/Devel/NYTProf/flamegraph.pl")).stream())
			.filter(Files::isRegularFile)
			.findFirst();
		assumeTrue(script.isPresent(), "no flamegraph.pl (Debian has it in libdevel-nytprof-perl)");
		return script.get();
	}

}
