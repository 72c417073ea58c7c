package dev.profiled.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Feeds collapsed stacks to the real {@code flamegraph.pl}.
 */
class FlameGraphScriptIT {

	@TempDir
	Path directory;

	@Test
	void flameGraphScriptTakesEveryLine() throws IOException, InterruptedException {
		StackCounts counts = new StackCounts();
		counts.add(ProfileEvent.CPU, stack(Frame.java("com.example.A", "run"), Frame.java("com.example.B", "<init>")),
				30, 30);
		counts.add(ProfileEvent.CPU,
				stack(Frame.java("com.example.A", "run"), new Frame("", "a;b c\n", FrameKind.NATIVE)), 20, 20);
		counts.add(ProfileEvent.CPU,
				stack(Frame.java("com.example.A", "run"), new Frame("", "__do_sys_read", FrameKind.KERNEL)), 50, 50);
		Path collapsed = Files.writeString(this.directory.resolve("stacks.txt"),
				CollapsedRenderer.render(counts.callTree(ProfileEvent.CPU)));
		Path svg = this.directory.resolve("graph.svg");
		Path complaints = this.directory.resolve("complaints.txt");
		Process script = new ProcessBuilder("perl", script().toString(), "--minwidth", "0", collapsed.toString())
			.redirectOutput(svg.toFile())
			.redirectError(complaints.toFile())
			.start();
		assertThat(script.waitFor()).isZero();
		assertThat(complaints).content().isEmpty();
		assertThat(svg).content()
			.contains("com.example.A.run (100 samples, 100.00%)")
			.contains("com.example.B.(init) (30 samples, 30.00%)")
			.contains("__do_sys_read_[k] (50 samples, 50.00%)");
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
