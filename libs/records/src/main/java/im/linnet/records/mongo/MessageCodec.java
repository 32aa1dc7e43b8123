package im.linnet.records.mongo;

import im.linnet.records.MessageDocument;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.MessageEvent;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Writes and reads message documents without a tree between. Safe on any thread. */
final class MessageCodec implements Codec<MessageDocument> {
  private final Stream stream;

  MessageCodec(Stream stream) {
    this.stream = stream;
  }

  @Override
  public Class<MessageDocument> getEncoderClass() {
    return MessageDocument.class;
  }

  @Override
  public void encode(BsonWriter writer, MessageDocument document, EncoderContext context) {
    StoredMessage stored = document.stored();
    MessageEvent message = stored.message();
    writer.writeStartDocument();
    writer.writeString("_id", id(document));
    writer.writeString(RecordMessage.FROM_ID, message.from());
    writer.writeString(RecordMessage.TO_ID, message.to());
    writer.writeString(RecordMessage.CONTENT, message.content());
    writer.writeString(RecordMessage.TYPE, message.token());
    writer.writeInt64(RecordMessage.TIME, document.timeSeconds());
    writer.writeString(RecordMessage.UUID, message.uuid());
    if (stream == Stream.TOPIC) {
      writer.writeStartArray(RecordMessage.IS_READ);
      document.readers().forEach(writer::writeString);
      writer.writeEndArray();
    } else {
      writer.writeBoolean(RecordMessage.IS_READ, stored.read());
    }
    writer.writeStartDocument(RecordMessage.LOG);
    writer.writeInt32(LogPlace.PARTITION, stored.at().place().partition());
    writer.writeInt64(LogPlace.OFFSET, stored.at().offset());
    writer.writeInt64(LogPlace.TIMESTAMP, stored.time());
    writer.writeEndDocument();
    encode(writer, stored);
    writer.writeEndDocument();
  }

  /** The fields that few messages have. */
  private static void encode(BsonWriter writer, StoredMessage stored) {
    StoredMessage.Revision revision = stored.revision();
    if (revision.recalled()) {
      writer.writeBoolean(RecordMessage.RECALLED, true);
    }
    if (revision.editedAt() > 0) {
      writer.writeInt64(RecordMessage.EDITED_AT, revision.editedAt());
    }
    if (revision.offset() >= 0) {
      writer.writeInt64(RecordMessage.LAST_CHANGE, revision.offset());
    }
    byte[] raw = stored.raw();
    if (raw != null) {
      writer.writeBinaryData(RecordMessage.RAW, new BsonBinary(raw));
    }
  }

  /** Its {@code _id}: the collection lies in the order of its recipients' inboxes. */
  static String id(MessageDocument document) {
    StoredMessage stored = document.stored();
    return LogId.of(stored.message().to(), stored.at().offset());
  }

  @Override
  public MessageDocument decode(BsonReader reader, DecoderContext context) {
    MessageFields fields = MessageFields.read(stream, reader);
    return new MessageDocument(fields.stored(), fields.timeSeconds(), fields.readers());
  }
}
