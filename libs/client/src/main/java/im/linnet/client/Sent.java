package im.linnet.client;

import im.linnet.schemas.Position;

/**
 * A message is durable in the log.
 *
 * @param uuid its id
 * @param at its place in the recipient's inbox, which is not a place of this session
 * @param timeMillis the broker's time
 */
public record Sent(String uuid, Position at, long timeMillis) {}
