package dev.profiled.render;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.profiled.profile.CallTree;
import dev.profiled.profile.Frame;
import dev.profiled.profile.ProfileEvent;
import dev.profiled.profile.ProfileSnapshot;

/**
 * Renders profiles for speedscope: one document with a profile for each event, in which
 * each stack comes once, with its weight. See
 * <a href="https://www.speedscope.app/file-format-schema.json">the schema</a>.
 */
public final class SpeedscopeRenderer {

	private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

	private final Map<Frame, Integer> frames = new LinkedHashMap<>();

	private final Appendable out;

	private SpeedscopeRenderer(Appendable out) {
		this.out = out;
	}

	/**
	 * Render profiles.
	 * @param title the title, any text
	 * @param snapshots the profiles, the one to show first
	 * @param out receives the document
	 * @throws IOException if the receiver fails
	 */
	public static void render(String title, List<ProfileSnapshot> snapshots, Appendable out) throws IOException {
		new SpeedscopeRenderer(out).render(title, snapshots);
	}

	private void render(String title, List<ProfileSnapshot> snapshots) throws IOException {
		this.out.append("{\"$schema\":\"" + SCHEMA + "\",\"exporter\":\"Profiled\",\"activeProfileIndex\":0,\"name\":")
			.append(quote(title))
			.append(",\"profiles\":[");
		for (int i = 0; i < snapshots.size(); i++) {
			this.out.append((i > 0) ? "," : "");
			profile(title, snapshots.get(i).query().event(), snapshots.get(i).tree());
		}
		this.out.append("],\"shared\":{\"frames\":[");
		String separator = "";
		for (Frame frame : this.frames.keySet()) {
			this.out.append(separator).append("{\"name\":").append(quote(frame.name())).append('}');
			separator = ",";
		}
		this.out.append("]}}");
	}

	private void profile(String title, ProfileEvent event, CallTree tree) throws IOException {
		int[] numbers = tree.frames()
			.stream()
			.mapToInt((frame) -> this.frames.computeIfAbsent(frame, (key) -> this.frames.size()))
			.toArray();
		String unit = event.unit().equals("ns") ? "nanoseconds" : event.unit();
		this.out.append("{\"type\":\"sampled\",\"name\":")
			.append(quote(title + ", " + event.id()))
			.append(",\"unit\":\"" + unit + "\",\"startValue\":0,\"endValue\":" + tree.weight() + ",\"samples\":[");
		StringBuilder weights = new StringBuilder();
		for (int leaf = 1; leaf < tree.nodeCount(); leaf++) {
			if (tree.selfWeight(leaf) > 0) {
				stack(tree, leaf, numbers, (weights.length() > 0) ? ",[" : "[");
				weights.append((weights.length() > 0) ? "," : "").append(tree.selfWeight(leaf));
			}
		}
		this.out.append("],\"weights\":[").append(weights).append("]}");
	}

	private void stack(CallTree tree, int leaf, int[] numbers, String start) throws IOException {
		this.out.append(start);
		int[] path = tree.path(leaf);
		for (int i = path.length - 1; i >= 0; i--) {
			this.out.append(String.valueOf(numbers[tree.frameNumber(path[i])])).append((i > 0) ? "," : "]");
		}
	}

	private static String quote(String text) {
		return '"' + Escaper.json(text) + '"';
	}

}
