package im.linnet.records.mongo;

import im.linnet.schemas.document.ReadMark;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * A mark of a topic that {@code IsRead} of its messages does not show as a whole.
 *
 * @param topic the topic
 * @param reader the member
 * @param shown the offset up to which {@code IsRead} shows the mark; -1 where it shows none of it
 * @param upTo the mark
 */
record UnshownMark(String topic, String reader, long shown, long upTo) {
  /** The mark that a document of {@code read_mark} holds. */
  static UnshownMark of(BsonDocument mark) {
    BsonInt64 upTo = mark.getInt64(ReadMark.UP_TO);
    return new UnshownMark(
        mark.getString(ReadMark.TOPIC_ID).getValue(),
        mark.getString(ReadMark.READER).getValue(),
        mark.getInt64(ReadMark.SHOWN, upTo).getValue(),
        upTo.getValue());
  }

  /** The {@code _id} of its document. */
  String id() {
    return TopicDocuments.id(topic, reader);
  }
}
