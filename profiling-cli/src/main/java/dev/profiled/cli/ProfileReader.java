package dev.profiled.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

import dev.profiled.profile.ProcessProfile;

/**
 * Reads profiles, whatever their format: what is in them tells.
 */
final class ProfileReader {

	private static final int MAX_SIZE = 1 << 30;

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private ProfileReader() {
	}

	static ProcessProfile read(Arguments arguments) throws IOException, UsageException {
		byte[] bytes = unzip(bytes(arguments.input()));
		if (RecordingReader.reads(bytes)) {
			return RecordingReader.read(bytes, arguments.interval());
		}
		return PprofReader.reads(bytes) ? PprofReader.read(bytes, arguments.interval())
				: CollapsedReader.read(new String(bytes, StandardCharsets.UTF_8), arguments);
	}

	private static byte[] bytes(String input) throws IOException {
		if (input.startsWith("http://") || input.startsWith("https://")) {
			return fetch(URI.create(input));
		}
		try {
			return Files.readAllBytes(Path.of(input));
		}
		catch (NoSuchFileException | InvalidPathException ex) {
			throw new IOException("There is no file '" + input + "'.", ex);
		}
		catch (OutOfMemoryError ex) {
			throw new IOException("'" + input + "' is too large.", ex);
		}
	}

	private static byte[] fetch(URI uri) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
		if (uri.getUserInfo() != null) {
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8)));
		}
		try {
			HttpResponse<byte[]> response = HttpClient.newHttpClient()
				.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			if (response.statusCode() != 200) {
				throw new IOException(uri.getHost() + " answered " + response.statusCode() + ": "
						+ new String(response.body(), StandardCharsets.UTF_8));
			}
			return response.body();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private static byte[] unzip(byte[] bytes) throws IOException {
		if (bytes.length < 2 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
			return bytes;
		}
		try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			byte[] content = unzipped.readNBytes(MAX_SIZE);
			if (content.length == MAX_SIZE) {
				throw new IOException("What was zipped is larger than a gigabyte.");
			}
			return content;
		}
	}

}
