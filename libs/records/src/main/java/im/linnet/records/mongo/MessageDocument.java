package im.linnet.records.mongo;

import im.linnet.records.StoredMessage;
import im.linnet.schemas.event.MessageEvent;

/**
 * A document of {@code p2p_record_message} or {@code mutual_record_message}.
 *
 * @param stored the message
 * @param timeSeconds its {@code Time}, epoch seconds, as given programs read it
 */
record MessageDocument(StoredMessage stored, long timeSeconds) {
  private static final long MILLIS = 1000;

  static MessageDocument of(StoredMessage stored) {
    return new MessageDocument(stored, Math.floorDiv(stored.time(), MILLIS));
  }

  String id() {
    MessageEvent message = stored.message();
    return id(message.to(), message.uuid(), message.from());
  }

  /**
   * The identity (ToID, UUID, FromID) as one string. User names hold no slash, so the first and the
   * last one separate, whatever the uuid holds.
   */
  static String id(String to, String uuid, String from) {
    return to + '/' + uuid + '/' + from;
  }
}
