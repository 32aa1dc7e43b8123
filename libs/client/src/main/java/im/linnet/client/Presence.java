package im.linnet.client;

import im.linnet.schemas.document.PresenceStatus;

/**
 * The presence of a user.
 *
 * @param userId the user
 * @param status the status now
 * @param lastSeenMillis the time when the user was last online, epoch ms, 0 for never
 */
public record Presence(String userId, PresenceStatus status, long lastSeenMillis) {}
