package dev.profiled.actuate;

import java.util.List;

import org.springframework.core.io.Resource;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.LatencySamples;
import dev.profiled.render.ProfileView;

/**
 * What a format is made of.
 *
 * @param request what was asked for
 * @param views the profile of each event, that of the one asked for first
 * @param samples the samples of all events by latency, if the format is made of them
 */
record FlameGraph(FlameGraphRequest request, List<ProfileView> views, LatencySamples samples) {

	ProfileView view() {
		return this.views.get(0);
	}

	CallTree tree() {
		return view().snapshot().tree();
	}

	Resource document() {
		return StreamedDocument.of((out) -> this.request.format().write(this, out));
	}

}
