package im.linnet.records;

import im.linnet.schemas.Position;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command; kept for {@link #KEPT_MILLIS}.
 *
 * @param command which command
 * @param code the code of the reply
 * @param message the reason for a refusal, null where there is none
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
   * Of two verdicts on one command, the one that counts: the first, for the time for which it is
   * kept. A verdict that comes after that time is the first one of a new command.
   */
  public static StoredVerdict earlier(StoredVerdict one, StoredVerdict other) {
    StoredVerdict first = one.at().offset() <= other.at().offset() ? one : other;
    StoredVerdict second = first == one ? other : one;
    return second.time() - first.time() >= KEPT_MILLIS ? second : first;
  }
}
