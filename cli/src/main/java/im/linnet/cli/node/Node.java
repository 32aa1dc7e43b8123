package im.linnet.cli.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The parts of one process. Construct (no I/O), {@link #start}, {@link #check}, {@link #close}. */
public interface Node extends AutoCloseable {
  /** Starts all parts. Returns when the process is ready. Blocks. If it throws, close the node. */
  void start();

  /** Empty while all parts work; otherwise one line with the faulty part and the reason. */
  Optional<String> check();

  /** The text for the terminal once the node is ready; begins with {@code ready}. */
  String announcement();

  /**
   * Fails if a part cannot go on and the process should end, even during the start. Never completes
   * otherwise.
   */
  CompletableFuture<Void> failure();

  /** Stops all started parts in the opposite order, within 10 s. */
  @Override
  void close();
}
