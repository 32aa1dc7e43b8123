package im.linnet.records;

/**
 * One of the sets of users that a user keeps. All of a user's circles stand in one document of the
 * view, and an edge keeps them while the user is connected. So each has a bound.
 */
public enum Circle {
  /** The user's friends. */
  FRIENDS(10_000),
  /** Those that the user blocks. */
  BLOCKED(10_000),
  /** Those that block the user. */
  BLOCKED_BY(100_000);

  private final int most;

  Circle(int most) {
    this.most = most;
  }

  /**
   * How many users it takes. Pairs of users are judged apart from each other, so those that are
   * judged at the same time may bring some more.
   */
  public int most() {
    return most;
  }
}
