package im.linnet.client;

/**
 * The signs of life of a connection. After the silence of one heartbeat a ping is due, after two
 * the connection is dead. Times are milliseconds of one clock. Owned by one thread.
 */
final class Heartbeat {
  private static final long DEFAULT_MILLIS = 25_000;

  /** What a silence asks for. */
  enum Due {
    NOTHING,
    PING,
    END
  }

  private long millis = DEFAULT_MILLIS;
  private long heard;
  private boolean pinged;

  /** Takes the server's heartbeat; the default one if it gives none. */
  void every(long given) {
    millis = given > 0 ? given : DEFAULT_MILLIS;
  }

  /** A frame has come. */
  void heard(long now) {
    heard = now;
    pinged = false;
  }

  /** What is due; a ping is due once in a silence. */
  Due due(long now) {
    if (now >= heard + patienceMillis()) {
      return Due.END;
    }
    if (pinged || now < heard + millis) {
      return Due.NOTHING;
    }
    pinged = true;
    return Due.PING;
  }

  /** The time when something is due next. */
  long deadline() {
    return heard + (pinged ? patienceMillis() : millis);
  }

  /** The silence after which the connection is dead. */
  long patienceMillis() {
    return 2 * millis;
  }
}
