package dev.profiled.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.profiled.profile.Endpoint;
import dev.profiled.profile.Frame;
import dev.profiled.profile.FrameKind;
import dev.profiled.profile.InMemoryProfileRepository;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileQuery;
import dev.profiled.profile.ProfileSnapshot;
import dev.profiled.profile.RequestProfile;
import dev.profiled.profile.StackCounts;
import dev.profiled.profile.StackTrace;

/**
 * Profiles written as text: {@code a.B.main;a.B.sort 3} is three samples of a Java stack;
 * {@code native!} and {@code kernel!} before a frame say what else it is.
 */
final class ProfileViews {

	private static final long INTERVAL = 10;

	private ProfileViews() {
	}

	static ProfileSnapshot snapshot(String... stacks) {
		InMemoryProfileRepository repository = new InMemoryProfileRepository(1, 1000, 100);
		repository.register(new Endpoint("orders", List.of("a.B.list"), List.of("GET /orders")));
		if (stacks.length > 0) {
			StackCounts counts = new StackCounts();
			for (String stack : stacks) {
				int space = stack.lastIndexOf(' ');
				long samples = Long.parseLong(stack.substring(space + 1));
				List<Frame> frames = List.of(stack.substring(0, space).split("(?<!\\\\);"))
					.stream()
					.map(ProfileViews::frame)
					.toList();
				counts.add(ProfileEvent.CPU, StackTrace.of(frames), samples, samples * INTERVAL);
			}
			repository.record("orders", new RequestProfile(0, 1_700_000_000_000L, 1000, false, counts));
		}
		return repository.find("orders", new ProfileQuery(ProfileEvent.CPU)).orElseThrow();
	}

	static ProfileView view(ProfileSnapshot snapshot) {
		return new ProfileView(
				"Orders", snapshot, Map.of("busy", 2L), 1, 5, new ProfilerView("armed", "ctimer",
						Map.of("cpu", INTERVAL), false, null, null, List.of("No kernel frames.")),
				List.of("depth"), List.of("a"));
	}

	private static Frame frame(String text) {
		String name = text.replace("\\;", ";");
		int kind = name.indexOf('!');
		if (kind > 0) {
			return new Frame("", name.substring(kind + 1),
					FrameKind.valueOf(name.substring(0, kind).toUpperCase(Locale.ROOT)));
		}
		int method = name.lastIndexOf('.');
		return Frame.java(name.substring(0, Math.max(0, method)), name.substring(method + 1));
	}

}
