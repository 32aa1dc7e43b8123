package im.linnet.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The CPU time of a JVM's JIT compilers, as Linux counts it for their threads. A server pays them
 * once, while its load takes paths that are new. Reading does not touch the process: a question to
 * the JVM would itself be work to compile.
 */
final class CompilerCpu {
  /** HotSpot's names, of which the kernel keeps 15 characters. */
  private static final Pattern COMPILER = Pattern.compile("C[12] CompilerThre.*");

  private CompilerCpu() {}

  /**
   * The CPU time so far of the compiler threads that run now. Zero if the process is no JVM, has
   * ended, or the system is not Linux.
   */
  static Duration of(long pid) {
    long nanos = 0;
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        nanos += isCompiler(thread) ? used(thread) : 0;
      }
    } catch (IOException e) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(nanos);
  }

  private static boolean isCompiler(Path thread) {
    return COMPILER.matcher(read(thread.resolve("comm")).strip()).matches();
  }

  private static long used(Path thread) {
    String counts = read(thread.resolve("schedstat"));
    int end = counts.indexOf(' ');
    return end < 0 ? 0 : Long.parseLong(counts.substring(0, end));
  }

  /** Empty if the thread has ended meanwhile. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
