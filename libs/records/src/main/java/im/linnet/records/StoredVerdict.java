package im.linnet.records;

import im.linnet.schemas.Position;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command; kept for {@link #KEPT_MILLIS}.
 *
 * @param command which command
 * @param code the code of the reply
 * @param message the reason for a refusal; null without one
 * @param asked the digest of the command that was judged; null in a verdict without one
 * @param at its place in the log
 * @param time its broker time, ms
 */
public record StoredVerdict(
    CommandId command,
    int code,
    @Nullable String message,
    @Nullable String asked,
    Position at,
    long time) {
  /** A day. */
  public static final long KEPT_MILLIS = 24 * 3_600_000L;

  /**
   * Whether it stands in the place of an earlier verdict on the same command. The first one counts
   * for the time for which it is kept. One that comes later is the first of a new command.
   */
  public boolean replaces(StoredVerdict before) {
    return time - before.time >= KEPT_MILLIS;
  }

  /** Of two verdicts on one command, the one that stands, whichever is given first. */
  static StoredVerdict standing(StoredVerdict one, StoredVerdict other) {
    if (one.at.offset() > other.at.offset()) {
      return standing(other, one);
    }
    return other.replaces(one) ? other : one;
  }
}
