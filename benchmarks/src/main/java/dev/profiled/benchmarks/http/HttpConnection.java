package dev.profiled.benchmarks.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * As little of an HTTP client as will do, to leave the processors to the server.
 */
final class HttpConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final byte[] request;

	HttpConnection(int port, String path) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream(), 1 << 16);
		this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Send the request and read its response.
	 * @throws IOException if the response is not a good one
	 */
	void request() throws IOException {
		this.socket.getOutputStream().write(this.request);
		String status = line();
		if (!status.startsWith("HTTP/1.1 200")) {
			throw new IOException("The server answered " + status);
		}
		long length = 0;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).trim());
			}
			chunked |= lower.equals("transfer-encoding: chunked");
		}
		if (chunked) {
			skipChunks();
		}
		else {
			this.in.skipNBytes(length);
		}
	}

	private void skipChunks() throws IOException {
		long chunk;
		do {
			chunk = Long.parseLong(line(), 16);
			// and the end of the line that follows it
			this.in.skipNBytes(chunk + 2);
		}
		while (chunk > 0);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException("The server closed the connection");
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
