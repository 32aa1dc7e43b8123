package im.linnet.records;

import im.linnet.schemas.Position;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command; kept for {@link #KEPT_MILLIS}.
 *
 * @param command which command
 * @param code the code of the reply
 * @param message the reason for a refusal; null without one
 * @param at its place in the log
 * @param time its broker time, ms
 */
public record StoredVerdict(
    CommandId command, int code, @Nullable String message, Position at, long time) {
  /** A day. */
  public static final long KEPT_MILLIS = 24 * 3_600_000L;
}
