package im.linnet.cli;

import im.linnet.cli.config.MachineException;
import im.linnet.cli.config.OpenFileLimit;
import im.linnet.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many files and sockets this process may have open, against what it will need. */
final class OpenFiles {
  /** The JDK's, and some ninety libraries'. */
  private static final int LIBRARIES = 160;

  /** Libraries, the sockets of all parts to each other, and a few clients. */
  private static final int BROKER = 384;

  private OpenFiles() {}

  /** One line where not even a command that does one thing can run; else null. */
  static @Nullable String tooFewForAnything() {
    return OpenFileLimit.current() < LIBRARIES ? line(LIBRARIES) : null;
  }

  /**
   * Refuses a limit under which an embedded broker cannot run.
   *
   * @param log the broker's directory, which need not be there yet
   * @param given the partitions of topics that are still to be made
   * @throws MachineException if the limit is too low
   */
  static void requireForBroker(Path log, Optional<TopicCatalogue> given) {
    long need = BROKER + Math.max(partitions(given), OpenFileLimit.ofLog(log));
    if (OpenFileLimit.current() < need) {
      throw new MachineException(line(need));
    }
  }

  private static int partitions(Optional<TopicCatalogue> given) {
    TopicCatalogue catalogue = given.orElse(TopicCatalogue.EMBEDDED);
    return TopicCatalogue.all().stream().mapToInt(catalogue::partitions).sum();
  }

  private static String line(long need) {
    return "this process may have "
        + OpenFileLimit.current()
        + " files and sockets open and needs "
        + need
        + " or more: raise the limit ('ulimit -n')";
  }
}
