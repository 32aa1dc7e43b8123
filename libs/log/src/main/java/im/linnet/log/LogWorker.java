package im.linnet.log;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A part of a process that works the log off on threads of its own, such as a persister or a
 * presence-tracker. Construct (no I/O), {@link #start}, {@link #check}, {@link #close}; used once.
 * {@code start} and {@code close} block and are for one thread; the rest is safe on any.
 */
public interface LogWorker extends AutoCloseable {
  /**
   * Starts; returns once it reads or waits for its turn in its group.
   *
   * @throws LogUnavailableException if Kafka does not answer
   * @throws im.linnet.log.topics.TopicMismatchException if its topics are not those of the
   *     catalogue
   */
  void start();

  /** Nothing while it works; otherwise one line that says why it does not. Never blocks. */
  Optional<String> check();

  /**
   * Completes when it has stopped for good; fails where nobody asked for it: it cannot go on, and
   * the process ought to end.
   *
   * @throws IllegalStateException if it is not running
   */
  CompletableFuture<Void> stopped();

  /** Finishes what is under way and leaves the group; within some 8 s. */
  @Override
  void close();
}
