package dev.profiled.actuate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
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

	/**
	 * Return the document, which is made while it is sent: nobody holds it as a whole.
	 * @return the document, to be read once
	 */
	Resource document() {
		return new InputStreamResource(new Document());
	}

	/**
	 * The document as Spring reads it to send it: by {@link #transferTo}.
	 */
	private final class Document extends InputStream {

		private @Nullable InputStream whole;

		@Override
		public long transferTo(OutputStream out) throws IOException {
			FlameGraph.this.request.format().write(FlameGraph.this, out);
			return 0;
		}

		@Override
		public int read() throws IOException {
			return whole().read();
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return whole().read(bytes, offset, length);
		}

		private InputStream whole() throws IOException {
			InputStream whole = this.whole;
			if (whole == null) {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				transferTo(bytes);
				whole = new ByteArrayInputStream(bytes.toByteArray());
				this.whole = whole;
			}
			return whole;
		}

	}

}
