package im.linnet.edge.publish;

import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What the senders of all sessions share.
 *
 * @param inbox the way into the log
 * @param sentBefore judges repeats
 * @param severalDevices whether a user has more than one known device
 * @param uuids makes ids for messages whose sender gave none
 * @param remembered sends of one session whose outcome is kept for a repeat
 * @param retryAfterMillis when a sender that is told 5003 shall try again
 */
public record SendParts(
    InboxPublisher inbox,
    SentBefore sentBefore,
    Predicate<String> severalDevices,
    MadeUuids uuids,
    int remembered,
    LongSupplier retryAfterMillis) {}
