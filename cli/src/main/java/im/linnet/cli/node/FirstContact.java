package im.linnet.cli.node;

import im.linnet.edge.EdgeNode;
import im.linnet.edge.auth.KeysUnavailableException;
import im.linnet.log.LogDeniedException;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.log.topics.TopicDrift;
import im.linnet.log.topics.TopicMismatchException;
import im.linnet.records.StoreUnavailableException;
import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first calls of a process to Kafka, MongoDB and the key set's server. Servers that are started
 * together become reachable in any order. So the calls are tried again for a while, with a line in
 * the log.
 */
final class FirstContact {
  private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 500;

  private static final Duration LINE_EVERY = Duration.ofSeconds(10);

  private final long deadline = System.nanoTime() + PATIENCE.toNanos();
  private long nextLine = System.nanoTime();

  private FirstContact() {}

  /**
   * Calls until the call succeeds. Blocks.
   *
   * @throws LogDeniedException at once, if Kafka refuses this process
   * @throws LogUnavailableException if Kafka has not answered in time
   * @throws StoreUnavailableException if the store has not answered in time
   */
  static <T> T with(Supplier<T> call) {
    FirstContact contact = new FirstContact();
    while (true) {
      try {
        return call.get();
      } catch (LogDeniedException e) {
        throw e;
      } catch (LogUnavailableException | StoreUnavailableException e) {
        if (!contact.mayWait(String.valueOf(e.getMessage()))) {
          throw e;
        }
      }
    }
  }

  /**
   * The catalogue of a process, once the topics exist. Blocks.
   *
   * @param given the partition counts that the operator named
   * @throws TopicMismatchException if topics are still missing after a while, or do not match
   */
  static TopicCatalogue catalogue(TopicAdmin admin, Optional<TopicCatalogue> given) {
    FirstContact contact = new FirstContact();
    while (true) {
      List<TopicDrift> drifts = with(() -> admin.check(TopicCatalogue.DEFAULT));
      long missing =
          drifts.stream().filter(each -> each.subject().equals(TopicDrift.EXISTENCE)).count();
      if (missing == 0
          || !contact.mayWait(missing + " topics are missing; 'linnet topics' creates them")) {
        TopicCatalogue catalogue = Topics.catalogue(admin, given, TopicCatalogue.DEFAULT);
        admin.requireMatching(catalogue);
        return catalogue;
      }
    }
  }

  /**
   * Starts an edge once the key set can be read. Blocks.
   *
   * @throws KeysUnavailableException if it could not be read in time
   */
  static void start(EdgeNode edge) {
    FirstContact contact = new FirstContact();
    while (true) {
      try {
        edge.start();
        return;
      } catch (KeysUnavailableException e) {
        if (!contact.mayWait(String.valueOf(e.getMessage()))) {
          throw e;
        }
      }
    }
  }

  /** Waits a moment and returns true; returns false if it has waited long enough. */
  private boolean mayWait(String reason) {
    long now = System.nanoTime();
    if (now - deadline > 0) {
      return false;
    }
    if (now - nextLine >= 0) {
      LOG.warn("waiting: {}", PlainWords.of(reason));
      nextLine = now + LINE_EVERY.toNanos();
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting: " + reason, e);
    }
  }
}
