package im.linnet.records.mongo;

import im.linnet.records.InboxRecord;
import im.linnet.schemas.document.Inbox;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Writes and reads inbox documents without a tree between. Safe on any thread. */
final class InboxCodec implements Codec<InboxRecord> {
  private static final byte[] NOTHING = {};

  @Override
  public Class<InboxRecord> getEncoderClass() {
    return InboxRecord.class;
  }

  @Override
  public void encode(BsonWriter writer, InboxRecord record, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString("_id", InboxId.of(record));
    writer.writeInt64(Inbox.TIME, record.time());
    writer.writeBinaryData(Inbox.VALUE, new BsonBinary(record.value()));
    writer.writeEndDocument();
  }

  @Override
  public InboxRecord decode(BsonReader reader, DecoderContext context) {
    String id = "";
    long time = 0;
    byte[] value = NOTHING;
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case "_id" -> id = reader.readString();
        case Inbox.TIME -> time = reader.readInt64();
        case Inbox.VALUE -> value = reader.readBinaryData().getData();
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return InboxId.record(id, time, value);
  }
}
