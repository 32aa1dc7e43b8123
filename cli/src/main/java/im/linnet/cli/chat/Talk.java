package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;

/**
 * A conversation that a user can turn to.
 *
 * @param kind p2p or topic
 * @param name the other user, or the topic's id
 */
record Talk(Stream kind, String name) {
  static Talk with(String user) {
    return new Talk(Stream.P2P, user);
  }

  static Talk in(String topic) {
    return new Talk(Stream.TOPIC, topic);
  }

  /** The talk in which a message stands on the screen of a user. */
  static Talk of(MessageId message, String user) {
    if (message.kind() == Stream.TOPIC) {
      return in(message.to());
    }
    return with(message.from().equals(user) ? message.to() : message.from());
  }

  /** The talk in which a message stands on the screen of a user. */
  static Talk of(Message message, String user) {
    return of(message.identity(), user);
  }

  boolean isTopic() {
    return kind == Stream.TOPIC;
  }

  /** The command that turns to it. */
  String command() {
    return (isTopic() ? "/topic " : "/to ") + name;
  }

  /** The text before a typed line. */
  String prompt() {
    return (isTopic() ? "#" : "") + name + "> ";
  }
}
