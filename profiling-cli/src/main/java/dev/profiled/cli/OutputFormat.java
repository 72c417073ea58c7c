package dev.profiled.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.profiled.render.ProcessFormat;

/**
 * Tells the format of a file from its name.
 */
final class OutputFormat {

	private static final Map<String, ProcessFormat> EXTENSIONS = new LinkedHashMap<>();

	static {
		EXTENSIONS.put(".svg", ProcessFormat.SVG);
		EXTENSIONS.put(".html", ProcessFormat.HTML);
		EXTENSIONS.put(".txt", ProcessFormat.COLLAPSED);
		EXTENSIONS.put(".collapsed", ProcessFormat.COLLAPSED);
		EXTENSIONS.put(".pb.gz", ProcessFormat.PPROF);
		EXTENSIONS.put(".pprof", ProcessFormat.PPROF);
		EXTENSIONS.put(".speedscope.json", ProcessFormat.SPEEDSCOPE);
		EXTENSIONS.put(".json", ProcessFormat.JSON);
		EXTENSIONS.put(".md", ProcessFormat.MD);
	}

	private OutputFormat() {
	}

	static ProcessFormat byName(@Nullable Path file) throws UsageException {
		if (file == null) {
			return ProcessFormat.SVG;
		}
		for (Map.Entry<String, ProcessFormat> extension : EXTENSIONS.entrySet()) {
			if (file.toString().endsWith(extension.getKey())) {
				return extension.getValue();
			}
		}
		throw new UsageException("The name of '" + file + "' does not tell the format: say --format.");
	}

}
