package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MessageEvent;

/**
 * A message as the view holds it.
 *
 * @param message what was sent
 * @param at its place in the log
 * @param time its broker time, ms
 * @param read whether its recipient has read it
 */
public record StoredMessage(MessageEvent message, Position at, long time, boolean read) {}
