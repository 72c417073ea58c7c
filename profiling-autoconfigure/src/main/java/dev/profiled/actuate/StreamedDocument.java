package dev.profiled.actuate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

/**
 * A document that is made while it is sent, so that nobody holds it as a whole. Spring
 * reads it by {@link #transferTo}.
 */
final class StreamedDocument extends InputStream {

	private final Content content;

	private @Nullable InputStream whole;

	private StreamedDocument(Content content) {
		this.content = content;
	}

	/**
	 * Return a document, to be read once.
	 * @param content writes it
	 * @return the document
	 */
	static Resource of(Content content) {
		return new InputStreamResource(new StreamedDocument(content));
	}

	@Override
	public long transferTo(OutputStream out) throws IOException {
		this.content.writeTo(out);
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

	interface Content {

		void writeTo(OutputStream out) throws IOException;

	}

}
