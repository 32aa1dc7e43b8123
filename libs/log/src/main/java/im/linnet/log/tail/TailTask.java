package im.linnet.log.tail;

/** A piece of work on the tail's thread. It runs for microseconds to few milliseconds. */
@FunctionalInterface
public interface TailTask {
  /** Does it; the state is not used once this has returned. */
  void run(TailState tail);
}
