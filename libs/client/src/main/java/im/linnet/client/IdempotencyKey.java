package im.linnet.client;

import im.linnet.schemas.TimeOrderedUuid;

/**
 * The key of a message or a command. The server does it once, however often it is asked with the
 * same key, and each time gives the first outcome.
 *
 * @param uuid 1-64 characters. Two messages to one recipient have different ones for ever, and so
 *     have two commands about one topic or one user
 * @param retry whether it may have been asked before, on another connection or by an earlier
 *     process. The server then looks for the first outcome
 */
public record IdempotencyKey(String uuid, boolean retry) {
  /** A key that was never used. */
  public static IdempotencyKey fresh() {
    return new IdempotencyKey(TimeOrderedUuid.at(System.currentTimeMillis()), false);
  }

  /** The same key for a repeat. */
  public IdempotencyKey asRetry() {
    return new IdempotencyKey(uuid, true);
  }
}
