package im.linnet.log;

/** Where a {@link TopicFollower} begins. */
public sealed interface FollowFrom {
  /** At the first record that the log still has. */
  record Earliest() implements FollowFrom {}

  /** Behind the last committed record. */
  record Latest() implements FollowFrom {}

  /**
   * At the first record of that time or later.
   *
   * @param millis ms since the epoch
   */
  record Time(long millis) implements FollowFrom {}
}
