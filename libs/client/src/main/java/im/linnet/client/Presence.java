package im.linnet.client;

import im.linnet.schemas.document.PresenceStatus;

/**
 * Whether a user is there.
 *
 * @param userId the user
 * @param status the status now
 * @param lastSeenMillis when the user was last there, epoch ms, 0 for never
 */
public record Presence(String userId, PresenceStatus status, long lastSeenMillis) {}
