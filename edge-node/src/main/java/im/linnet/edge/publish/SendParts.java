package im.linnet.edge.publish;

import im.linnet.edge.command.Decider;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.schemas.Stream;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The parts that the senders of all sessions share.
 *
 * @param inbox the way into the log
 * @param sentBefore judges repeats
 * @param rules whether a user may send something to another one
 * @param decider judges what one place must decide in order
 * @param severalDevices whether a user has more than one known device
 * @param uuids draws ids for messages without one
 * @param remembered the number of sends of one session with a kept outcome, for repeats
 * @param retryAfterMillis the time after which a sender that gets 5003 shall try again
 */
public record SendParts(
    InboxPublisher inbox,
    SentBefore sentBefore,
    RecipientRules rules,
    Decider decider,
    Predicate<String> severalDevices,
    MadeUuids uuids,
    int remembered,
    LongSupplier retryAfterMillis) {
  /**
   * Whether what a user sends is copied for the user's other devices. In a topic they are members,
   * and a message to oneself comes to them by itself.
   */
  public boolean isCopied(Stream kind, String from, String to) {
    return kind.keyedByUser() && !to.equals(from) && severalDevices.test(from);
  }
}
