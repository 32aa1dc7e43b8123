package im.linnet.records;

/** One of the sets of users that a user keeps. */
public enum Circle {
  /** The user's friends. */
  FRIENDS,
  /** Those that the user blocks. */
  BLOCKED,
  /** Those that block the user. */
  BLOCKED_BY
}
