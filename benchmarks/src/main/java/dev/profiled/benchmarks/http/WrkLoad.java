package dev.profiled.benchmarks.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load by {@code wrk}, which takes less of the machine than a JVM would.
 */
final class WrkLoad implements Load {

	private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(ms|s|m),");

	private static final Pattern FAILED = Pattern.compile("Socket errors:.*|Non-2xx or 3xx responses:.*");

	@Override
	public String name() {
		return "wrk";
	}

	@Override
	public Result run(int port, String path, int connections, int seconds) throws IOException, InterruptedException {
		Process wrk = new ProcessBuilder("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency",
				"http://127.0.0.1:" + port + path)
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (wrk.waitFor() != 0) {
				throw new IOException("wrk failed: " + output);
			}
			return parse(output);
		}
		finally {
			wrk.destroyForcibly();
		}
	}

	private static Result parse(String output) throws IOException {
		Matcher failed = FAILED.matcher(output);
		if (failed.find()) {
			throw new IOException(failed.group());
		}
		Matcher total = TOTAL.matcher(output);
		if (!total.find()) {
			throw new IOException("wrk says something else: " + output);
		}
		return new Result(Long.parseLong(total.group(1)), millis(total.group(2), total.group(3)) / 1000,
				percentile(output, 50), percentile(output, 99));
	}

	private static double percentile(String output, int percent) throws IOException {
		Matcher matcher = Pattern.compile(percent + "%\\s+([\\d.]+)(us|ms|s|m)\\b").matcher(output);
		if (!matcher.find()) {
			throw new IOException("wrk says something else: " + output);
		}
		return millis(matcher.group(1), matcher.group(2));
	}

	private static double millis(String number, String unit) {
		double factor = switch (unit) {
			case "us" -> 0.001;
			case "ms" -> 1;
			case "s" -> 1000;
			default -> 60_000;
		};
		return Double.parseDouble(number) * factor;
	}

}
