package im.linnet.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be stopped in the opposite order; one failure does not stop the rest.
 */
final class Closers {
  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private record Closer(String name, AutoCloseable part) {}

  private final Deque<Closer> closers = new ArrayDeque<>();

  /** Notes something that was started. */
  void add(String name, AutoCloseable part) {
    closers.push(new Closer(name, part));
  }

  /** Stops everything, the newest first. */
  void close() {
    while (!closers.isEmpty()) {
      Closer closer = closers.pop();
      try {
        closer.part().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        tell(closer.name(), e);
      }
    }
  }

  /** A process that is stopped while it starts interrupts its parts: that is no fault of theirs. */
  private static void tell(String name, Exception failure) {
    if (Thread.currentThread().isInterrupted()) {
      LOG.debug("stopping {} was cut short", name, failure);
      return;
    }
    String message = failure.getMessage();
    LOG.warn("could not stop {} cleanly: {}", name, message == null ? "no reason" : message);
    LOG.debug("stopping {}", name, failure);
  }
}
