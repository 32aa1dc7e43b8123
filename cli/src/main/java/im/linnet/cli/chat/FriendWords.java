package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import java.util.Set;

/** Says in words what happened between two users. Pure. */
final class FriendWords {
  static final String ADD = "add_friend";
  static final String ACCEPT = "accept_friend";
  static final String REJECT = "reject_friend";
  static final String REMOVE = "remove_friend";

  private static final Set<String> TYPES = Set.of(ADD, ACCEPT, REJECT, REMOVE);

  private FriendWords() {}

  /** Whether a message is about a friendship. */
  static boolean areOf(Message message) {
    return message.kind() == Stream.MUTUAL && TYPES.contains(message.type());
  }

  /** A message of another user about a friendship, for its recipient. */
  static String of(Message message) {
    String sender = message.sender();
    return switch (message.type()) {
      case ADD -> asks(sender, message.content());
      case ACCEPT -> sender + " and you are friends now";
      case REJECT -> sender + " rejected your friend request";
      default -> sender + " ended the friendship with you";
    };
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
