package im.linnet.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import im.linnet.cli.config.MachineException;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many files and sockets this process may have open, against what it will need. */
final class OpenFiles {
  /** The JDK's, and some ninety libraries'. */
  private static final int LIBRARIES = 160;

  /** Libraries, the sockets of all parts to each other, and a few clients. */
  private static final int BROKER = 384;

  /** Where the system sets no limit, or does not tell it. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  private OpenFiles() {}

  /** One line where not even a command that does one thing can run; else null. */
  static @Nullable String tooFewForAnything() {
    return limit() < LIBRARIES ? line(LIBRARIES) : null;
  }

  /**
   * Refuses a limit under which an embedded broker cannot run.
   *
   * @param log the broker's directory, which need not be there yet
   * @param given the partitions of topics that are still to be made
   * @throws MachineException if the limit is too low
   */
  static void requireForBroker(Path log, Optional<TopicCatalogue> given) {
    long need = BROKER + Math.max(partitions(given), segments(log));
    if (limit() < need) {
      throw new MachineException(line(need));
    }
  }

  private static int partitions(Optional<TopicCatalogue> given) {
    TopicCatalogue catalogue = given.orElse(TopicCatalogue.EMBEDDED);
    return TopicCatalogue.all().stream().mapToInt(catalogue::partitions).sum();
  }

  private static String line(long need) {
    return "this process may have "
        + limit()
        + " files and sockets open and needs "
        + need
        + " or more: raise the limit ('ulimit -n')";
  }

  private static long limit() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : UNKNOWN;
  }

  /** A broker keeps every file of its log open. */
  private static long segments(Path log) {
    if (!Files.isDirectory(log)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(log, 2)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    } catch (IOException | UncheckedIOException e) {
      // The broker will say so in its own words.
      return 0;
    }
  }
}
