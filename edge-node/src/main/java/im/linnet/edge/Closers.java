package im.linnet.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Holds started parts, and stops them in the opposite order. A part that fails to stop does not
 * keep the others from stopping. Owned by one thread.
 */
public final class Closers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private record Closer(String name, AutoCloseable part) {}

  private final Deque<Closer> closers = new ArrayDeque<>();
  private Level level;

  /**
   * @param level the level of the log line with a part's stop time
   */
  public Closers(Level level) {
    this.level = level;
  }

  /**
   * Changes the level of the lines. A process that serves tells its stop; one whose start is
   * refused says its reason alone.
   */
  public void tellAt(Level next) {
    level = next;
  }

  /** Notes a part; to be called before it is started, so that half a start is stopped too. */
  public <T extends AutoCloseable> T add(String name, T part) {
    closers.push(new Closer(name, part));
    return part;
  }

  /** Stops all parts, the newest first. */
  @Override
  public void close() {
    while (!closers.isEmpty()) {
      Closer closer = closers.pop();
      long began = System.nanoTime();
      try {
        closer.part().close();
        LOG.atLevel(level)
            .log("stopped {} in {} ms", closer.name(), (System.nanoTime() - began) / 1_000_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        tell(closer.name(), e);
      }
    }
  }

  /**
   * Logs a failure. An interrupted part does not count as faulty: a stop during the start
   * interrupts parts.
   */
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
