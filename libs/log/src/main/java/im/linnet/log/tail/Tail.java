package im.linnet.log.tail;

/** The tail of the log for the rest of an edge: a thread that runs tasks. */
@FunctionalInterface
public interface Tail {
  /**
   * Runs a task on the thread of the tail, after the tasks that wait. Returns at once. Any thread
   * may call. A closed tail runs no more tasks.
   */
  void execute(TailTask task);
}
