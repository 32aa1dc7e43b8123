package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.FriendAct;
import org.jspecify.annotations.Nullable;

/** Says in words what happened between two users. Pure. */
final class FriendWords {
  private FriendWords() {}

  /** Whether a message is about a friendship. */
  static boolean areOf(Message message) {
    return step(message) != null;
  }

  /** A message of another user about a friendship, for its recipient. */
  static String of(Message message) {
    String sender = message.sender();
    FriendAct step = step(message);
    if (step == null) {
      return message.content();
    }
    return switch (step) {
      case ADD -> asks(sender, message.content());
      case ACCEPT -> sender + " and you are friends now";
      case REJECT -> sender + " rejected your friend request";
      case REMOVE -> sender + " ended the friendship with you";
    };
  }

  private static @Nullable FriendAct step(Message message) {
    return message.kind() == Stream.MUTUAL ? FriendAct.ofToken(message.type()) : null;
  }

  /** An open request of another user. */
  static String asks(String sender, String text) {
    return sender
        + " asks to be your friend"
        + (text.isEmpty() ? "" : ": " + text)
        + " (/accept "
        + sender
        + ", /reject "
        + sender
        + ")";
  }
}
