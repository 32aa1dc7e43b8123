package im.linnet.records.mongo;

import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.MessageEvent;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** The fields of a message's document, as they are read one after the other. Not thread-safe. */
final class MessageFields {
  private final Stream stream;
  private final List<String> readers = new ArrayList<>();
  private String from = "";
  private String to = "";
  private String content = "";
  private String type = "";
  private String uuid = "";
  private long time;
  private boolean read;
  private int names;
  private boolean recalled;
  private long editedAt;
  private long lastChange = -1;
  private byte @Nullable [] raw;
  private int partition;
  private long offset;
  private long timestamp;

  private MessageFields(Stream stream) {
    this.stream = stream;
  }

  /** Reads a document. A projection may have left fields out. */
  static MessageFields read(Stream stream, BsonReader reader) {
    MessageFields fields = new MessageFields(stream);
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      fields.readField(reader);
    }
    reader.readEndDocument();
    return fields;
  }

  private void readField(BsonReader reader) {
    switch (reader.readName()) {
      case RecordMessage.FROM_ID -> from = reader.readString();
      case RecordMessage.TO_ID -> to = reader.readString();
      case RecordMessage.CONTENT -> content = reader.readString();
      case RecordMessage.TYPE -> type = reader.readString();
      case RecordMessage.TIME -> time = reader.readInt64();
      case RecordMessage.UUID -> uuid = reader.readString();
      case RecordMessage.IS_READ -> readIsRead(reader);
      case RecordMessage.RECALLED -> recalled = reader.readBoolean();
      case RecordMessage.EDITED_AT -> editedAt = reader.readInt64();
      case RecordMessage.LAST_CHANGE -> lastChange = reader.readInt64();
      case RecordMessage.RAW -> raw = reader.readBinaryData().getData();
      case RecordMessage.LOG -> readPlace(reader);
      default -> reader.skipValue();
    }
  }

  /** A bool; in a topic the names, or the number of them where a query asked for that. */
  private void readIsRead(BsonReader reader) {
    switch (reader.getCurrentBsonType()) {
      case BOOLEAN -> read = reader.readBoolean();
      case INT32 -> names = reader.readInt32();
      default -> {
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
          readers.add(reader.readString());
        }
        reader.readEndArray();
        names = readers.size();
      }
    }
  }

  private void readPlace(BsonReader reader) {
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case LogPlace.PARTITION -> partition = reader.readInt32();
        case LogPlace.OFFSET -> offset = reader.readInt64();
        case LogPlace.TIMESTAMP -> timestamp = reader.readInt64();
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
  }

  StoredMessage stored() {
    return new StoredMessage(
        new MessageEvent(stream, uuid, from, to, type, content),
        new Position(stream, partition, offset),
        timestamp,
        read,
        raw,
        new StoredMessage.Revision(recalled, editedAt, lastChange));
  }

  /** {@code Time}, epoch seconds. */
  long timeSeconds() {
    return time;
  }

  /** The names in {@code IsRead} of a topic's message. */
  List<String> readers() {
    return readers;
  }

  /** How many names {@code IsRead} of a topic's message holds. */
  int names() {
    return names;
  }
}
