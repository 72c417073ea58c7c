package dev.profiled.render;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.Test;

import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;

import static org.assertj.core.api.Assertions.assertThat;

class CollapsedRendererTests {

	@Test
	void whenThereIsNoSampleThenTheTextIsEmpty() {
		assertThat(render()).isEmpty();
	}

	@Test
	void eachStackIsALine() {
		assertThat(render("a.A.main;a.B.sort 3", "a.A.main;a.B.sort;a.C.compare 2", "a.A.main 1"))
			.isEqualTo("a.A.main 1\na.A.main;a.B.sort 3\na.A.main;a.B.sort;a.C.compare 2\n");
	}

	@Test
	void theOrderOfTheStacksDoesNotDependOnThatOfTheSamples() {
		assertThat(render("m.main;z.z 1", "m.main;b.b;c.c 1", "m.main;b.b;a.a 1", "k.run 1"))
			.isEqualTo(render("k.run 1", "m.main;b.b;a.a 1", "m.main;z.z 1", "m.main;b.b;c.c 1"))
			.isEqualTo("k.run 1\nm.main;b.b;a.a 1\nm.main;b.b;c.c 1\nm.main;z.z 1\n");
	}

	@Test
	void kernelFramesAreMarked() {
		assertThat(render("a.A.main;native!__write;kernel!tcp_sendmsg 4"))
			.isEqualTo("a.A.main;__write;tcp_sendmsg_[k] 4\n");
	}

	@Test
	void whatWouldMeanSomethingElseIsReplaced() {
		assertThat(render("native!a\\;b;native!c\nd\r\u2028e;native!\t 7")).isEqualTo("a,b;c_d__e;_ 7\n");
	}

	@Test
	void framesMayContainSpacesAndDigits() {
		assertThat(render("native!I2C/C2I adapters;native!x 12 3")).isEqualTo("I2C/C2I adapters;x 12 3\n");
	}

	@Test
	void truncatedStacksAreSeen() {
		assertThat(render("a.A.main;truncated!" + Frame.TRUNCATED.methodName() + " 2"))
			.isEqualTo("a.A.main;[truncated] 2\n");
	}

	@Test
	void eventsOtherThanCpuTimeCountTheirWeight() throws IOException {
		StringBuilder text = new StringBuilder();
		CollapsedRenderer.render(ProfileViews.snapshot("a.A.main 3").tree(), ProfileEvent.ALLOC, text);
		assertThat(text).hasToString("a.A.main 30\n");
	}

	private static String render(String... stacks) {
		StringBuilder text = new StringBuilder();
		try {
			CollapsedRenderer.render(ProfileViews.snapshot(stacks).tree(), ProfileEvent.CPU, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

}
