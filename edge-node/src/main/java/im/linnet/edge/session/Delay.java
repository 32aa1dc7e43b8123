package im.linnet.edge.session;

/** Runs a task later, on any thread. */
@FunctionalInterface
public interface Delay {
  /** Runs it once, so many ms from now. */
  void run(long millis, Runnable task);
}
