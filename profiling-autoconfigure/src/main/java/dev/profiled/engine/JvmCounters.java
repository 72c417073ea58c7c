package dev.profiled.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The counters that the JVM keeps for tools such as {@code jstat}, in a file that it maps
 * into its memory. See {@code perfMemory.hpp} of HotSpot for the format, version 2, and
 * {@code -XX:+UsePerfData}. Only Linux is known to have the file where it is looked for.
 */
final class JvmCounters {

	private static final Path DIRECTORY = Path.of("/tmp");

	private static final int MAGIC = 0xcafec0c0;

	private static final int VERSION = 2;

	private static final int MAX_SIZE = 1 << 20;

	private final Map<String, LongSupplier> longs;

	JvmCounters(Map<String, LongSupplier> longs) {
		this.longs = longs;
	}

	/**
	 * Find the counters of this JVM.
	 * @return the counters, none if they cannot be read
	 */
	static JvmCounters ofJvm() {
		Map<String, LongSupplier> longs = new HashMap<>();
		try {
			read(longs, map(DIRECTORY.resolve("hsperfdata_" + System.getProperty("user.name"))
				.resolve(String.valueOf(ProcessHandle.current().pid()))));
		}
		catch (IOException | RuntimeException ex) {
			// not here, or another format
			longs.clear();
		}
		return new JvmCounters(longs);
	}

	private static ByteBuffer map(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			return channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), MAX_SIZE));
		}
	}

	private static void read(Map<String, LongSupplier> longs, ByteBuffer data) {
		if (data.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC || data.get(5) != VERSION) {
			return;
		}
		data.order((data.get(4) == 0) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		int entry = data.getInt(24);
		for (int entries = data.getInt(28); entries > 0; entries--) {
			int length = data.getInt(entry);
			int vector = data.getInt(entry + 8);
			if (vector == 0 && data.get(entry + 12) == 'J') {
				int value = entry + data.getInt(entry + 16);
				longs.put(name(data, entry + data.getInt(entry + 4), value), () -> data.getLong(value));
			}
			entry += length;
		}
	}

	private static String name(ByteBuffer data, int from, int until) {
		StringBuilder name = new StringBuilder();
		for (int i = from; i < until && data.get(i) != 0; i++) {
			name.append((char) (data.get(i) & 0x7f));
		}
		return name.toString();
	}

	/**
	 * Return whether there is a counter.
	 * @param name its name, as {@code jcmd PerfCounter.print} has it
	 * @return whether there is one
	 */
	boolean has(String name) {
		return this.longs.containsKey(name);
	}

	/**
	 * Read a counter.
	 * @param name its name
	 * @return its value now, or 0 if there is none
	 */
	long value(String name) {
		LongSupplier counter = this.longs.get(name);
		return (counter != null) ? counter.getAsLong() : 0;
	}

}
