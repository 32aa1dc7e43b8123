package im.linnet.log.group;

import java.time.Duration;

/** Where a loop counts. Called on the loop's own thread; must not block. */
public interface LoopListener {
  /** Counts nothing. */
  LoopListener NONE = new LoopListener() {};

  /** A batch was taken; the time includes waiting for a store that was down. */
  default void handled(int records, Duration took) {}

  /** Records that are in the log and not yet fetched, over all partitions; about each second. */
  default void lag(long records) {}

  /** Something failed and is tried again. */
  default void failed(Throwable failure) {}
}
