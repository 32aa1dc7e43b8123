package im.linnet.log.tail;

/** A piece of work on the tail's thread. It runs for microseconds to few milliseconds. */
@FunctionalInterface
public interface TailTask {
  /** Runs the task. It must not use the state after the return. */
  void run(TailState tail);
}
