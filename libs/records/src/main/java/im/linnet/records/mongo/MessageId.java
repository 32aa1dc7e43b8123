package im.linnet.records.mongo;

import im.linnet.schemas.event.MessageEvent;

/**
 * The {@code _id} of a message: its identity (ToID, UUID, FromID) as one string. User names hold no
 * slash, so the first and the last one separate, whatever the uuid holds.
 */
final class MessageId {
  private MessageId() {}

  static String of(MessageEvent message) {
    return of(message.to(), message.uuid(), message.from());
  }

  static String of(String to, String uuid, String from) {
    return to + '/' + uuid + '/' + from;
  }
}
