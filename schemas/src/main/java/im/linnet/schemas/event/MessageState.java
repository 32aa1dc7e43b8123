package im.linnet.schemas.event;

/**
 * The part of a message that its sender may change.
 *
 * @param content the text; empty where it was recalled
 * @param editedAt the broker's time of the last edit, ms; 0 where it has its first text, or none
 * @param recalled whether its sender took it back
 */
public record MessageState(String content, long editedAt, boolean recalled) {}
