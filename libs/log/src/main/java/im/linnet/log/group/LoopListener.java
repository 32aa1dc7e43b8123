package im.linnet.log.group;

import java.time.Duration;

/** Counts the work of a loop. Called on the loop's own thread; must not block. */
public interface LoopListener {
  /** Counts nothing. */
  LoopListener NONE = new LoopListener() {};

  /** A batch was taken. The time includes the wait for a store that was down. */
  default void handled(int records, Duration took) {}

  /**
   * The number of records in all partitions that were not fetched yet; called about once a second.
   */
  default void lag(long records) {}

  /** Something failed and will be tried again. */
  default void failed(Throwable failure) {}
}
