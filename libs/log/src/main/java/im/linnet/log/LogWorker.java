package im.linnet.log;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A part of a process that reads the log on threads of its own, such as a persister or a
 * presence-tracker. Construct (no I/O), {@link #start}, {@link #check}, {@link #close}. It is used
 * once. {@code start} and {@code close} block and are for one thread; the other methods are safe on
 * any thread.
 */
public interface LogWorker extends AutoCloseable {
  /**
   * Starts. Returns once it reads, or waits for partitions of its group.
   *
   * @throws LogUnavailableException if Kafka does not answer
   * @throws im.linnet.log.topics.TopicMismatchException if its topics are not those of the
   *     catalogue
   */
  void start();

  /** Empty while it works; otherwise one line with the reason. Never blocks. */
  Optional<String> check();

  /**
   * Completes when it has stopped for good. Fails if it stopped without a request: it cannot go on,
   * and the process should end.
   *
   * @throws IllegalStateException if it is not running
   */
  CompletableFuture<Void> stopped();

  /** Finishes the work under way and leaves the group, within some 8 s. */
  @Override
  void close();
}
