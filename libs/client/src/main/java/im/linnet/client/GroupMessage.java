package im.linnet.client;

import im.linnet.schemas.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message of a topic.
 *
 * @param message the message
 * @param groupId the topic's id
 */
public record GroupMessage(Message message, String groupId) {
  /** A message as one of its topic; null if it went to a user. */
  public static @Nullable GroupMessage of(Message message) {
    return message.kind() == Stream.TOPIC ? new GroupMessage(message, message.to()) : null;
  }
}
