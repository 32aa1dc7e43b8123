package im.linnet.log.follow;

import im.linnet.log.LogPartition;
import java.util.Map;

/** The place where a {@link TopicFollower} begins. */
public sealed interface FollowFrom {
  /** At the first record that the log still has. */
  record Earliest() implements FollowFrom {}

  /** After the last committed record. */
  record Latest() implements FollowFrom {}

  /**
   * At the given offsets. A partition without one begins at the first record that the log still
   * has.
   *
   * @param next per partition the first offset to read
   */
  record Offsets(Map<LogPartition, Long> next) implements FollowFrom {
    public Offsets {
      next = Map.copyOf(next);
    }
  }
}
