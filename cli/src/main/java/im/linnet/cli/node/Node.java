package im.linnet.cli.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The parts of one process. Construct (no I/O), {@link #start}, {@link #check}, {@link #close}. */
public interface Node extends AutoCloseable {
  /** Starts all parts; returns when the process is ready. Blocks; where it throws, close it. */
  void start();

  /** Nothing while all parts work; otherwise one line that says which one does not. */
  Optional<String> check();

  /** What to tell the person at the terminal once it is ready; begins with {@code ready}. */
  String announcement();

  /**
   * Fails, at any time, also during the start, where a part cannot go on and the process ought to
   * end; else it never completes.
   */
  CompletableFuture<Void> failure();

  /** Stops all parts that were started, in the opposite order; within 10 s. */
  @Override
  void close();
}
