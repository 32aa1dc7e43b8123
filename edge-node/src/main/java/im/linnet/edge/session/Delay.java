package im.linnet.edge.session;

/** Runs a task later, on any thread. */
@FunctionalInterface
public interface Delay {
  /** Runs it once, {@code millis} from now. */
  void run(long millis, Runnable task);
}
