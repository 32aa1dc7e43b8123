package im.linnet.cli.node;

import im.linnet.log.LogUnavailableException;
import im.linnet.records.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first calls to Kafka and MongoDB of a process: servers that are started together become
 * reachable in any order, so they are tried again for a while, each failure with a line in the log.
 */
final class FirstContact {
  private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 500;

  private FirstContact() {}

  /**
   * Calls until it works. Blocks.
   *
   * @throws LogUnavailableException if Kafka has not answered in time
   * @throws StoreUnavailableException if the store has not answered in time
   */
  static <T> T with(Supplier<T> call) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (LogUnavailableException | StoreUnavailableException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        LOG.warn("waiting: {}", e.getMessage());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the servers", e);
      }
    }
  }
}
