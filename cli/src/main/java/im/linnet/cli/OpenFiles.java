package im.linnet.cli;

import im.linnet.cli.config.MachineException;
import im.linnet.cli.config.OpenFileLimit;
import im.linnet.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the open-file limit of this process with its needs. */
final class OpenFiles {
  /** The JDK's, and some ninety libraries'. */
  private static final int LIBRARIES = 160;

  /** Libraries, the broker's sockets, and a few clients. */
  private static final int BROKER = 384;

  private OpenFiles() {}

  /** An error line if not even the smallest command can run; null if it can. */
  static @Nullable String tooFewForAnything() {
    long limit = OpenFileLimit.current();
    return limit < LIBRARIES ? MachineException.tooFewFiles(limit, LIBRARIES).getMessage() : null;
  }

  /**
   * Refuses a limit under which an embedded broker cannot run.
   *
   * @param log the broker's directory, which may not exist yet
   * @param given the partitions of topics that are still to be made
   * @throws MachineException if the limit is too low
   */
  static void requireForBroker(Path log, Optional<TopicCatalogue> given) {
    long need = BROKER + Math.max(partitions(given), OpenFileLimit.ofLog(log));
    if (OpenFileLimit.current() < need) {
      throw MachineException.tooFewFiles(OpenFileLimit.current(), need);
    }
  }

  private static long partitions(Optional<TopicCatalogue> given) {
    TopicCatalogue catalogue = given.orElse(TopicCatalogue.EMBEDDED);
    return TopicCatalogue.all().stream().mapToLong(catalogue::partitions).sum();
  }
}
