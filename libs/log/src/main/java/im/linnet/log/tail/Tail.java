package im.linnet.log.tail;

/** The tail of the log as the rest of an edge sees it: a thread that takes turns. */
@FunctionalInterface
public interface Tail {
  /**
   * Runs a turn on the tail's thread, behind those that wait. Returns at once; any thread may call.
   * A tail that has been closed runs no more turns.
   */
  void execute(TailTask turn);
}
