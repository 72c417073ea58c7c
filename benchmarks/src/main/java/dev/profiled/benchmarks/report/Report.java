package dev.profiled.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A result in Markdown. Printed, and written into the document between
 * {@code <!-- name -->} and {@code <!-- /name -->}, if the document is there; the system
 * property {@code document} names another.
 */
public final class Report {

	private static final Path DOCUMENT = Path.of(System.getProperty("document", "docs/performance.md"));

	private final String name;

	private final StringBuilder text = new StringBuilder();

	/**
	 * Begin a result with the command, the machine and the date.
	 * @param name the name of its place in the document
	 * @param command the command
	 */
	public Report(String name, String command) {
		this.name = name;
		line("`%s`", command);
		line("");
		line("%s, %s", Machine.describe(), LocalDate.now());
	}

	public Report line(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
		return this;
	}

	public Report row(Object... cells) {
		this.text.append('|');
		for (Object cell : cells) {
			this.text.append(' ').append(cell).append(" |");
		}
		this.text.append('\n');
		return this;
	}

	public Report header(String... cells) {
		line("").row((Object[]) cells);
		return line("|%s", " --- |".repeat(cells.length));
	}

	public void publish() throws IOException {
		System.out.println("\n" + this.text);
		String begin = "<!-- " + this.name + " -->";
		String end = "<!-- /" + this.name + " -->";
		String document = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
		int from = document.indexOf(begin);
		int to = document.indexOf(end);
		if (from < 0 || to < from) {
			System.out.println("Not written down: " + DOCUMENT + " has no place for " + this.name);
			return;
		}
		Files.writeString(DOCUMENT,
				document.substring(0, from) + begin + "\n" + this.text + "\n" + document.substring(to));
		System.out.println("Written to " + DOCUMENT);
	}

}
