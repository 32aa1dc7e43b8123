package im.linnet.schemas;

/**
 * The bounds that a session tells its client in the {@code auth} reply.
 *
 * @param frame bytes of one frame from a client
 * @param content UTF-8 bytes of a message's content
 * @param sync backlog records per partition sent at attach, the newest ones
 * @param page messages in one {@code history} page
 * @param users names in one {@code presence.get} or {@code presence.watch}
 * @param readPush members of a topic up to which all of them get {@code read} pushes
 * @param change milliseconds after a message's time for which its sender may edit or recall it
 */
public record Limits(
    int frame, int content, int sync, int page, int users, int readPush, long change) {
  /** The protocol's own bounds. */
  public static final Limits DEFAULT =
      new Limits(64 << 10, 32 << 10, 20_000, 200, 200, 50, 120_000);

  /** These, with another time for changes, ms. */
  public Limits withChange(long millis) {
    return new Limits(frame, content, sync, page, users, readPush, millis);
  }
}
