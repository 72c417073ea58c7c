package dev.profiled.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/**
 * The CPU time of this process in ns, of all its threads and of those that compile. Linux
 * only.
 *
 * @param total of all threads
 * @param compiler of the threads that compile
 */
record ProcessCpu(long total, long compiler) {

	static ProcessCpu now() throws IOException {
		long compiler = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
			for (Path thread : threads) {
				compiler += compilerTime(thread);
			}
		}
		return new ProcessCpu(
				((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(), compiler);
	}

	private static long compilerTime(Path thread) throws IOException {
		try {
			boolean compiles = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
			// time on a processor in ns, see sched-stats in the kernel's documentation
			return compiles ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]) : 0;
		}
		catch (NoSuchFileException ex) {
			// it has ended; the JVM's compilers do so only if they were long idle
			return 0;
		}
	}

	ProcessCpu since(ProcessCpu before) {
		return new ProcessCpu(this.total - before.total, this.compiler - before.compiler);
	}

	long withoutCompiler() {
		return this.total - this.compiler;
	}

}
